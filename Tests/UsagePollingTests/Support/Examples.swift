import Usage
import UsagePolling

extension Duration {
    static func minutes(_ minutes: Int) -> Duration { .seconds(minutes * 60) }
    static func hours(_ hours: Int) -> Duration { .seconds(hours * 3600) }
    static func days(_ days: Int) -> Duration { .hours(days * 24) }
}

extension UsageSource {
    /// Tencent's room usage, as far as polling cares.
    static let rooms = UsageSource(
        provider: Provider(rawValue: "tencent"),
        name: "room_usage",
        tiers: [.audio, .sd],
        knowsRooms: true,
        grain: .minutes,
        reach: 90,
        zone: .beijing,
        settledAfter: .hours(10),
        lag: .zero,
        spacing: .seconds(15)
    )

    /// A source of whole days, like Huawei's.
    static let wholeDays = UsageSource(
        provider: rooms.provider,
        name: "whole_days",
        tiers: [.audio, .sd],
        knowsRooms: false,
        grain: .days,
        reach: 90,
        span: 30,
        zone: .utc,
        settledAfter: .hours(24),
        lag: .zero,
        spacing: .seconds(2),
        window: 30
    )

    /// A source that tells the running day as it grows and others by the day, if by two at least, like Tencent's app usage.
    static let appUsage = UsageSource(
        provider: rooms.provider,
        name: "app_usage",
        tiers: [.audio, .sd],
        knowsRooms: false,
        grain: .minutes,
        reach: 60,
        span: 31,
        leastSpan: 2,
        zone: .beijing,
        settledAfter: .hours(10),
        lag: .zero,
        spacing: .milliseconds(200),
        window: 5
    )

    /// The same source with other properties, whether they may be corrected by configuration or not.
    func with(reach: Int? = nil, span: Int? = nil, leastSpan: Int? = nil, spacing: Duration? = nil) -> UsageSource {
        UsageSource(
            provider: provider,
            name: name,
            tiers: tiers,
            knowsRooms: knowsRooms,
            grain: grain,
            reach: reach ?? self.reach,
            span: span ?? self.span,
            leastSpan: leastSpan ?? self.leastSpan,
            zone: zone,
            settledAfter: settledAfter,
            lag: lag,
            spacing: spacing ?? self.spacing,
            window: window
        )
    }

    func with(_ change: (inout UsageSource) -> Void) -> UsageSource {
        var source = self
        change(&source)
        return source
    }
}

extension UsageDay {
    /// 2024-02-28 in Beijing: the next day is a leap day.
    static let sample = UsageDay(number: 19_781, zone: .beijing)

    func at(_ hours: Int, _ minutes: Int = 0, _ seconds: Int = 0) -> UnixTime {
        start + .seconds(hours * 3600 + minutes * 60 + seconds)
    }
}

extension [CallQueue] {
    /// Calls that are due and not yet sent, of all accounts.
    var waiting: Int { reduce(0) { $0 + $1.waiting } }
}
