package import Usage

/// One key with its apps, and the sources they are read from.
package struct SimulatedAccount: Sendable {
    /// The sources; where there are two, the first guides the second.
    package var sources: [UsageSource]
    /// The use of its apps.
    package var apps: [AppProfile]
    /// How fresh the running day is to be.
    package var interval = Duration.seconds(300)
    /// How many closed days are kept known.
    package var historyDays = 30

    /// An account.
    package init(sources: [UsageSource], apps: [AppProfile]) {
        (self.sources, self.apps) = (sources, apps)
    }

    /// Four accounts at Tencent.
    package static let tencent = Array(
        repeating: SimulatedAccount(sources: [.trtcUsage, .roomUsage], apps: AppProfile.mixture(100)),
        count: 4
    )
    /// Three accounts at Huawei Cloud.
    package static let huawei = Array(
        repeating: SimulatedAccount(sources: [.historyUsage], apps: AppProfile.mixture(100)),
        count: 3
    )
    /// Three accounts at Volcengine.
    package static let volcengine = Array(
        repeating: SimulatedAccount(sources: [.listUsages], apps: AppProfile.mixture(100)),
        count: 3
    )
    /// All ten, with a thousand apps.
    package static let all = tencent + huawei + volcengine
}

extension UsageSource {
    /// An app's usage at Tencent: 5 calls per second.
    package static let trtcUsage = simulated(
        "trtc_usage",
        grain: .minutes,
        reach: 31,
        span: 31,
        leastSpan: 2,
        zone: .beijing,
        settledAfter: .seconds(10 * 3600),
        spacing: .milliseconds(200),
        window: 5
    )
    /// The rooms of an app at Tencent: 1 call in 15 seconds.
    package static let roomUsage = simulated(
        "room_usage",
        grain: .minutes,
        reach: 90,
        zone: .beijing,
        settledAfter: .seconds(10 * 3600),
        spacing: .seconds(15)
    )
    /// An app's usage at Tencent by the action of before: 20 calls per second.
    package static let interactiveTime = simulated(
        "interactive_time",
        grain: .minutes,
        reach: 31,
        span: 31,
        leastSpan: 2,
        zone: .beijing,
        settledAfter: .seconds(10 * 3600),
        spacing: .milliseconds(50),
        window: 20
    )
    /// An app's usage at Huawei Cloud: 30 calls per minute, one at a time.
    package static let historyUsage = simulated(
        "history_usage",
        grain: .days,
        reach: 31,
        span: 30,
        mostInFlight: 1,
        zone: .utc,
        settledAfter: .seconds(24 * 3600),
        spacing: .seconds(2),
        window: 30
    )
    /// An app's usage at Volcengine: 2 calls per second.
    package static let listUsages = simulated(
        "list_usages",
        grain: .days,
        reach: 30,
        span: 30,
        zone: .beijing,
        settledAfter: .seconds(9 * 3600),
        lag: .seconds(8 * 3600),
        spacing: .milliseconds(500),
        window: 2
    )

    private static func simulated(
        _ name: String,
        grain: Grain,
        reach: Int,
        span: Int = 1,
        leastSpan: Int = 1,
        mostInFlight: Int = 16,
        zone: ZoneOffset,
        settledAfter: Duration,
        lag: Duration = .zero,
        spacing: Duration,
        window: Int = 1
    ) -> UsageSource {
        UsageSource(
            provider: Provider(rawValue: "simulated"),
            name: name,
            tiers: [.audio],
            knowsRooms: false,
            grain: grain,
            reach: reach,
            span: span,
            leastSpan: leastSpan,
            mostInFlight: mostInFlight,
            zone: zone,
            settledAfter: settledAfter,
            lag: lag,
            spacing: spacing,
            window: window
        )
    }
}
