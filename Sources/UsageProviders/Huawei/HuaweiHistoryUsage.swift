public import Usage

/// Reads the usage of an app by day.
///
/// Source: Querying Usage, <https://support.huaweicloud.com/intl/en-us/api-rtc/ListRtcHistoryUsage.html>.
public struct HuaweiHistoryUsage: UsageReader {
    /// The most dates that one call may be about. No limit is documented; this is the one of the sibling queries:
    /// <https://support.huaweicloud.com/api-rtc/ListRtcHistoryScale.html>.
    private static let mostDates = 31

    /// What is known of the source.
    public let source: UsageSource
    private let call: HuaweiCall

    init(source: UsageSource, call: HuaweiCall) {
        self.source = source
        self.call = call
    }

    /// Makes one call about all days of the window, and one more where that is possible.
    @concurrent
    public func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
        let asked = asked(for: window, at: now)
        return await call.send(now: now) { project in
            HuaweiCall.Request(
                path: ["v1", project, "rtc", "history", "usage"],
                query: [
                    (name: "app", value: app), (name: "metric", value: "CommunicationDuration"),
                    (name: "start_date", value: "\(asked.first)"), (name: "end_date", value: "\(asked.last)"),
                ]
            )
        } decode: { [source] (usage: HuaweiUsage) throws(ReadingFailure) in
            let told = try usage.days(in: asked)
            return Reading(
                app: AppKey(provider: .huawei, app: app),
                window: asked,
                askedAt: now,
                listed: told.days,
                by: source,
                certain: window,
                anomalies: told.anomalies
            )
        }
    }

    /// Nobody says whether the last date is included, so that one more is asked for. Never a day to come, which may be
    /// refused: that the running day may be missing is what a source of whole days is known for.
    private func asked(for window: UsageWindow, at now: UnixTime) -> UsageWindow {
        let (next, today) = (window.last.next, source.day(containing: now))
        guard window.count < Self.mostDates, next.number <= today.number else { return window }
        let wider =
            next == today
            ? UsageWindow(first: window.first, last: next, through: now) : UsageWindow(first: window.first, last: next)
        return wider ?? window
    }
}
