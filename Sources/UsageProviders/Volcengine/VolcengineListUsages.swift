public import Usage

/// Reads the usage of an app by day.
///
/// Source: ListUsages, version 2023-11-01, <https://www.volcengine.com/docs/6348/1219546>.
public struct VolcengineListUsages: UsageReader {
    /// What is known of the source.
    public let source: UsageSource
    private let call: VolcengineCall

    init(source: UsageSource, call: VolcengineCall) {
        self.source = source
        self.call = call
    }

    /// Makes one call about up to 30 days; while the last one still runs, up to now, since a time to come may be refused.
    @concurrent
    public func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
        let parameters = VolcengineListUsagesRequest(
            app: app,
            start: window.start.rfc3339(in: source.zone),
            end: window.end.rfc3339(in: source.zone)
        )
        return await call.send(parameters, now: now) { [source] (usages: VolcengineUsages?) throws(ReadingFailure) in
            let told = try (usages ?? .empty).days(in: window)
            return Reading(
                app: AppKey(provider: .volcengine, app: app),
                window: window,
                askedAt: now,
                listed: told.days,
                by: source,
                anomalies: told.anomalies
            )
        }
    }
}

/// The parameters of ListUsages.
struct VolcengineListUsagesRequest: VolcengineParameters {
    static let action = "ListUsages"

    let app: String
    /// RFC 3339.
    let start: String
    /// RFC 3339, at most 30 days later.
    let end: String

    enum CodingKeys: String, CodingKey {
        case app = "AppId"
        case start = "StartTime"
        case end = "EndTime"
    }
}
