import Exposition
public import Usage
import UsageLedger

/// The exporter itself.
enum ExporterFamilies {
    static let seriesFolded = MetricFamily(
        "rtc_series_folded",
        .gauge,
        help: "Rooms summed up as _other because of series_limit."
    )
    static let ledgerSize = MetricFamily(
        "rtc_ledger_size_bytes",
        .gauge,
        help: "Size of the ledger on disk, its write-ahead log included.",
        unit: "bytes"
    )
    static let ledgerWritable = MetricFamily(
        "rtc_ledger_writable",
        .gauge,
        help: "1 if the newest attempt to write the ledger succeeded, else 0."
    )
    static let ledgerRecoveries = MetricFamily(
        "rtc_ledger_recoveries_total",
        .counter,
        help: "How often a damaged ledger was set aside and begun anew, earlier runs of the exporter included."
    )
    static let buildInfo = MetricFamily(
        "rtc_exporter_build_info",
        .info,
        help: "Version and revision of the exporter, and the Swift compiler that built it.",
        labels: ["version", "revision", "swiftversion"]
    )
    static let reloadSuccessful = MetricFamily(
        "rtc_exporter_config_last_reload_successful",
        .gauge,
        help: "1 if the newest attempt to load the configuration succeeded, else 0."
    )
    static let reloadTime = MetricFamily(
        "rtc_exporter_config_last_reload_success_timestamp_seconds",
        .gauge,
        help: "When the configuration in force was loaded.",
        unit: "seconds"
    )
    static let httpRequests = MetricFamily(
        "rtc_http_requests_total",
        .counter,
        help: "HTTP requests that the exporter answered.",
        labels: ["handler", "code"]
    )
    static let httpDuration = MetricFamily(
        "rtc_http_request_duration_seconds",
        .histogram,
        help: "Time from the head of an HTTP request to the end of its answer.",
        unit: "seconds",
        labels: ["handler"]
    )

    static let all = [
        seriesFolded, ledgerSize, ledgerWritable, ledgerRecoveries, buildInfo, reloadSuccessful, reloadTime,
        httpRequests, httpDuration,
    ]
}

/// What the exporter tells of itself: its build, and its configuration.
public struct ExporterFacts: Sendable {
    /// The version, as `--version` prints it.
    public let version: String
    /// The commit that was built, or `unknown`.
    public let revision: String
    /// The compiler's version.
    public let swiftVersion: String
    /// When the configuration in force was loaded.
    public internal(set) var configurationLoaded: UnixTime
    /// Whether the newest attempt to load one succeeded.
    public internal(set) var newestLoadSucceeded = true

    /// The facts.
    public init(version: String, revision: String, swiftVersion: String, configurationLoaded: UnixTime) {
        self.version = version
        self.revision = revision
        self.swiftVersion = swiftVersion
        self.configurationLoaded = configurationLoaded
    }

    func families() -> [FamilySamples] {
        let build: LabelSet = ["version": version, "revision": revision, "swiftversion": swiftVersion]
        return [
            FamilySamples(ExporterFamilies.buildInfo, [Sample(build, 1)]),
            FamilySamples(ExporterFamilies.reloadSuccessful, [Sample(.empty, newestLoadSucceeded ? 1 : 0)]),
            FamilySamples(ExporterFamilies.reloadTime, [Sample(.empty, configurationLoaded.seconds)]),
        ]
    }
}

/// The ledger as it is at the moment of a scrape.
struct StoreSamples {
    let condition: StoreCondition

    func families() -> [FamilySamples] {
        [
            FamilySamples(ExporterFamilies.ledgerSize, [Sample(.empty, condition.size)]),
            FamilySamples(ExporterFamilies.ledgerWritable, [Sample(.empty, condition.isWritable ? 1 : 0)]),
            FamilySamples(ExporterFamilies.ledgerRecoveries, [Sample(.empty, condition.recoveries)]),
        ]
    }
}
