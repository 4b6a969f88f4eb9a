import Usage
import UsageProviders

/// What a page is made of: apps with rooms, all of whose figures follow from their places, so that another process knows them too.
enum PageScenario: Hashable {
    /// One app with so many series of usage by room.
    case oneApp(series: Int)
    /// A thousand apps with so many series together; the first one has 1,000 rooms.
    case manyApps(series: Int)
    /// So many apps, from a source that knows no rooms.
    case withoutRooms(apps: Int)

    /// One app and its rooms, by their numbers.
    struct App {
        let key: AppKey
        let rooms: Range<Int>
    }

    /// The tiers that each room has usage in.
    static let tiers: [Tier] = [.audio, .sd, .hd, .fhd, .twoK, .fourK]
    /// The running day.
    static let day = UsageDay(number: 20_000, zone: .beijing)
    /// The time of the page, a while after all readings.
    static let now = day.start + .seconds(13 * 3600)

    private static let firstApp = 1_400_017_192

    /// Where all figures are from.
    var source: UsageSource {
        if case .withoutRooms = self { TencentProvider.trtcUsage } else { TencentProvider.roomUsage }
    }

    /// The apps.
    var apps: [App] {
        switch self {
        case .oneApp(let series): [app(0, rooms: 0..<Self.rooms(series))]
        case .withoutRooms(let count): (0..<count).map { app($0, rooms: $0..<$0 + 1) }
        case .manyApps(let series):
            // All but the first share what is left, as evenly as it goes.
            [app(0, rooms: 0..<1_000)]
                + (0..<999).map { index in
                    let others = max(999, Self.rooms(series) - 1_000)
                    return app(1 + index, rooms: 1_000 + others * index / 999..<1_000 + others * (index + 1) / 999)
                }
        }
    }

    /// The series of `rtc_usage_seconds`: of the rooms, and of the sum of all others that each app has too.
    var series: Int {
        let apps = apps
        guard source.knowsRooms else { return apps.count * Self.tiers.count }
        return apps.reduce(0) { $0 + ($1.rooms.count + 1) * Self.tiers.count }
    }

    /// What the provider says of an app. Another revision has other figures; the higher it is, the later was it asked.
    func reading(of app: App, revision: Int) -> Reading? {
        let askedAt = Self.day.start + .seconds(12 * 3600 + 60 * revision)
        guard let window = UsageWindow(day: Self.day, through: askedAt) else { return nil }
        let usages = app.rooms.map { room in
            RoomUsage(
                room: source.knowsRooms ? RoomID("room-\(100_000 + room)") : .empty,
                seconds: Self.seconds(room: room, revision: revision)
            )
        }
        return Reading(app: app.key, window: window, askedAt: askedAt, rooms: usages)
    }

    private static func rooms(_ series: Int) -> Int { (series + tiers.count - 1) / tiers.count }

    private func app(_ index: Int, rooms: Range<Int>) -> App {
        App(key: AppKey(provider: .tencent, app: "\(Self.firstApp + index)"), rooms: rooms)
    }

    /// From a second to two days in each tier; that makes 91 bytes a line, and hard work for those who compress.
    private static func seconds(room: Int, revision: Int) -> TierSeconds {
        var seconds = TierSeconds.zero
        for (place, tier) in tiers.enumerated() {
            var mixed = UInt64(room * 8 + place + 1 + revision * 100_000_007) &* 0x9e37_79b9_7f4a_7c15
            mixed = (mixed ^ mixed >> 29) &* 0xbf58_476d_1ce4_e5b9
            seconds[tier] = 1 + Int(mixed >> 32) % 172_800
        }
        return seconds
    }
}

extension PageScenario {
    /// As words on a command line.
    var words: [String] {
        switch self {
        case .oneApp(let series): ["one-app", "\(series)"]
        case .manyApps(let series): ["many-apps", "\(series)"]
        case .withoutRooms(let apps): ["without-rooms", "\(apps)"]
        }
    }

    /// Reads these words; `nil` when they are others.
    init?(words: [String]) {
        guard words.count == 2, let number = Int(words[1]) else { return nil }
        switch words[0] {
        case "one-app": self = .oneApp(series: number)
        case "many-apps": self = .manyApps(series: number)
        case "without-rooms": self = .withoutRooms(apps: number)
        default: return nil
        }
    }
}
