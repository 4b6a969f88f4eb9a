package import Usage

/// The made-up use of an app: how much it has used of a day at any instant.
package enum AppProfile: Sendable {
    /// It is never used.
    case idle
    /// It is used around the clock by so many people.
    case always(people: Int)
    /// It is used from eight to six, in the zone of its provider.
    case workingHours(people: Int)
    /// It is used for two hours of one day in five.
    case someDays(people: Int, seed: Int)
    /// It is used from an instant on.
    case from(UnixTime, people: Int)

    /// How many seconds the app has used from the start of a day up to an instant.
    func seconds(on day: UsageDay, through time: UnixTime) -> Int {
        switch self {
        case .idle: 0
        case .always(let people): people * Self.overlap(day, 0, 24, time)
        case .workingHours(let people): people * Self.overlap(day, 8, 18, time)
        case .someDays(let people, let seed):
            (day.number + seed) % 5 == 0 ? people * Self.overlap(day, (seed * 7) % 22, (seed * 7) % 22 + 2, time) : 0
        case .from(let start, let people): people * max(0, (min(time, day.end) - max(start, day.start)).wholeSeconds)
        }
    }

    /// Whether the app is in use at an instant.
    func isInUse(at time: UnixTime, by source: UsageSource) -> Bool {
        let day = source.day(containing: time)
        return seconds(on: day, through: time + .seconds(1)) > seconds(on: day, through: time)
    }

    /// A hundred apps as an account has them: 15 always in use, 25 in working hours, 20 on some days, 40 never.
    package static func mixture(_ count: Int) -> [AppProfile] {
        (0..<count).map { index in
            switch index % 20 {
            case 0, 7, 13: .always(people: 1 + index % 9)
            case 1, 5, 9, 14, 18: .workingHours(people: 2 + index % 30)
            case 3, 8, 12, 17: .someDays(people: 5, seed: index)
            default: .idle
            }
        }
    }

    private static func overlap(_ day: UsageDay, _ from: Int, _ to: Int, _ time: UnixTime) -> Int {
        let passed = (time - day.start).wholeSeconds
        return max(0, min(passed, to * 3600) - from * 3600)
    }
}

extension Duration {
    var wholeSeconds: Int { Int(components.seconds) }
}
