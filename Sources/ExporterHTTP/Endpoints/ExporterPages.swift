public import Exposition
public import UsageReports

/// What the edge serves, asked for at each request: the edge itself knows neither ledger nor provider.
public struct ExporterPages: Sendable {
    /// The page of metrics; `nil` before the ledger's figures are loaded.
    public let metrics: @Sendable () -> MetricsPage?
    /// What is true for the moment of the scrape only.
    public let metricsTail: @Sendable () async -> [FamilySamples]
    /// The answer to a question about recorded usage, which is the query of a URL as it was sent.
    public let usage: @Sendable (_ query: String) async -> UsageAnswer
    /// What the status page tells, by what was asked for.
    public let status: @Sendable (StatusQuery) async -> StatusReport
    /// What the page of an app tells; `nil` when no such app is polled.
    public let app: @Sendable (_ provider: String, _ app: String) async -> AppReport?
    /// Loads the configuration anew.
    public let reload: @Sendable () async -> ReloadOutcome

    /// What is to be served.
    public init(
        metrics: @escaping @Sendable () -> MetricsPage?,
        metricsTail: @escaping @Sendable () async -> [FamilySamples],
        usage: @escaping @Sendable (_ query: String) async -> UsageAnswer,
        status: @escaping @Sendable (StatusQuery) async -> StatusReport,
        app: @escaping @Sendable (_ provider: String, _ app: String) async -> AppReport? = { _, _ in nil },
        reload: @escaping @Sendable () async -> ReloadOutcome
    ) {
        self.metrics = metrics
        self.metricsTail = metricsTail
        self.usage = usage
        self.status = status
        self.app = app
        self.reload = reload
    }
}

/// What came of loading the configuration anew, in words without secrets.
public enum ReloadOutcome: Hashable, Sendable {
    /// What was loaded is in force, or there is nothing to load.
    case succeeded(String)
    /// Everything goes on as before: what is wrong, one thing a line.
    case failed(String)
}

/// How the edge behaves: the `--web.*` flags.
public struct WebOptions: Sendable {
    /// The path of the metrics.
    public var telemetryPath: String
    /// What stands before all paths; empty, or begins with a slash and does not end with one.
    public var routePrefix: String
    /// What stands before all paths in links, as a browser outside a proxy sees them.
    public var externalPath: String
    /// How many scrapes are answered at once; 0 for any number.
    public var maxRequests: Int
    /// Whether a request may have the configuration loaded anew.
    public var enablesLifecycle: Bool

    /// How the edge behaves.
    public init(
        telemetryPath: String,
        routePrefix: String,
        externalPath: String,
        maxRequests: Int,
        enablesLifecycle: Bool = false
    ) {
        self.telemetryPath = telemetryPath
        self.routePrefix = routePrefix
        self.externalPath = externalPath
        self.maxRequests = maxRequests
        self.enablesLifecycle = enablesLifecycle
    }
}
