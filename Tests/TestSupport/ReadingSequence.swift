public import Usage

/// A long sequence of readings of several apps, the same in every process: each is worked out from its number alone.
///
/// A quarter of an hour passes from one to the next. Most tell of a running day, which grows and now and then falls; others of
/// closed days, of history and of several whole days; some come again, and at times answers are empty.
public struct ReadingSequence: Sendable {
    /// A reading and who told it.
    public struct Step: Sendable {
        /// What was told.
        public let reading: Reading
        /// Who told it.
        public let source: UsageSource
    }

    private let seed: UInt64

    /// The same seed gives the same readings.
    public init(seed: UInt64) { self.seed = seed }

    /// The reading of that number, which is 0 or more.
    public subscript(number: Int) -> Step {
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(number))
        if number > 20, Int.random(in: 0..<9, using: &random) == 0 {
            return self[number - Int.random(in: 1...20, using: &random)]
        }
        let app = SequenceApp.all[Int.random(in: 0..<SequenceApp.all.count, using: &random)]
        // Seven minutes off midnight: a day has nothing to ask for in its first minute.
        let now = UnixTime(seconds: 1_700_000_000 / 86_400 * 86_400 + 420 + number * 900)
        let isEmpty = number / 40 % 5 == 3 && Bool.random(using: &random)
        let reading =
            app.source.grain == .days
            ? app.wholeDays(at: now, areListed: !isEmpty, using: &random)
            : app.day(at: now, isEmpty: isEmpty, using: &random)
        return Step(reading: reading, source: app.source)
    }
}

/// An app of the sequence and the source that tells of it.
public struct SequenceApp: Sendable {
    /// The app.
    public let key: AppKey
    /// Who tells of it.
    public let source: UsageSource
    /// How many rooms a day of it may have.
    private let rooms: ClosedRange<Int>

    /// All apps of a sequence.
    public static let all = [
        SequenceApp("large", .sequenceRooms, rooms: 500...2_000),
        SequenceApp("small", .sequenceRooms, rooms: 50...200),
        SequenceApp("without rooms", .sequenceTotals, rooms: 50...100),
        SequenceApp("whole days", .sequenceDays, rooms: 50...100),
    ]

    private init(_ name: String, _ source: UsageSource, rooms: ClosedRange<Int>) {
        key = AppKey(provider: source.provider, app: name)
        (self.source, self.rooms) = (source, rooms)
    }

    /// A reading of the running day, or of one that is closed.
    func day(at now: UnixTime, isEmpty: Bool, using random: inout SeededGenerator) -> Reading {
        let today = source.day(containing: now)
        let ago = [0, 0, 0, 0, 0, 0, 0, 1, 1, Int.random(in: 2...9, using: &random)].randomElement(using: &random) ?? 0
        let day = today.advanced(by: -ago)
        let running = ago == 0 ? UsageWindow(day: day, through: now) : nil
        let window = running ?? UsageWindow(day: day)
        let usage = isEmpty ? [] : usage(on: day, through: window.end, using: &random)
        let told =
            source.knowsRooms ? DayUsage(day: day, rooms: usage) : DayUsage(day: day, total: usage.total)
        return Reading(app: key, window: window, askedAt: now, days: [told])
    }

    /// A reading of a week, of which the running day and at times others are passed over.
    func wholeDays(at now: UnixTime, areListed: Bool, using random: inout SeededGenerator) -> Reading {
        let today = source.day(containing: now)
        let window = UsageWindow(first: today.advanced(by: -7), last: today, through: now) ?? UsageWindow(day: today)
        let listed = window.days.filter { $0 < today && areListed && Int.random(in: 0..<6, using: &random) > 0 }
        let days = listed.map { day in
            DayUsage(day: day, total: usage(on: day, through: day.end, using: &random).total)
        }
        return Reading(app: key, window: window, askedAt: now, listed: days, by: source)
    }

    /// What the rooms of a day come to by a moment. They open one after the other; now and then some are told smaller than
    /// before, and after the day's end some are told larger.
    private func usage(on day: UsageDay, through end: UnixTime, using random: inout SeededGenerator) -> [RoomUsage] {
        var ofDay = SeededGenerator(seed: UInt64(day.number * 31 + rooms.upperBound))
        let count = Int.random(in: rooms, using: &ofDay)
        let minutes = (end - day.start).wholeMilliseconds / 60_000
        let change = Int.random(in: 0..<5, using: &random) == 0 ? Int.random(in: -100...20, using: &random) : 0
        return (0..<count).compactMap { number in
            let bits = ofDay.next()
            let open = min(minutes - number * 1_440 / count, 10 + Int(bits % 170))
            guard open > 0 else { return nil }
            let hd = open * Int((bits >> 8) % 50) * (number % 7 == 0 ? 1000 + change : 1000) * 60 / 1000
            let seconds = TierSeconds([.audio: open * 60, .hd: hd])
            return RoomUsage(room: Self.names[number], seconds: seconds)
        }
    }

    /// In the order of their bytes.
    private static let names = (0..<2_000).map { number in
        RoomID("\(number < 1_900 ? "room" : "教室")-\(10_000 + number)")
    }
}

extension UsageSource {
    /// Rooms by Beijing's days.
    fileprivate static let sequenceRooms = sequence("rooms", .beijing, knowsRooms: true, .minutes)
    /// The running day without its rooms.
    fileprivate static let sequenceTotals = sequence("totals", .beijing, knowsRooms: false, .minutes)
    /// Whole days by Greenwich.
    fileprivate static let sequenceDays = sequence("days", .utc, knowsRooms: false, .days)

    private static func sequence(_ name: String, _ zone: ZoneOffset, knowsRooms: Bool, _ grain: Grain) -> UsageSource {
        UsageSource(
            provider: Provider(rawValue: "example"),
            name: name,
            tiers: [.audio, .hd],
            knowsRooms: knowsRooms,
            grain: grain,
            reach: 31,
            span: grain == .days ? 30 : 1,
            zone: zone,
            settledAfter: .seconds(10 * 3600),
            lag: .zero,
            spacing: .seconds(1)
        )
    }
}
