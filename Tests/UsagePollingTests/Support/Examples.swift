import Usage

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
