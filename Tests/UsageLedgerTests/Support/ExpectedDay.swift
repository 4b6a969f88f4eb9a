import TestSupport
import Usage
import UsageLedger

/// What a ledger should hold of a day, by the contract alone: worked out from all that was ever told of the day.
struct ExpectedDay {
    private let day: UsageDay
    private let source: UsageSource
    /// The newest word of usage.
    private var used: (askedAt: UnixTime, through: UnixTime, rooms: [RoomUsage])?
    /// When "none" was told, and up to when.
    private var empties: [UnixTime: UnixTime] = [:]
    /// What was told first.
    let first: (total: TierSeconds, isInFirstReading: Bool)
    /// The highest figures ever told.
    private(set) var highest = TierSeconds.zero
    private(set) var revisedUp = 0
    private(set) var revisedDown = 0
    private var named: FoldedRooms

    init(_ usage: DayUsage, _ source: UsageSource, isInFirstReading: Bool, folding: RoomFolding) {
        (day, self.source) = (usage.day, source)
        first = (usage.total, isInFirstReading)
        named = folding.fold([], previous: [])
    }

    mutating func take(_ usage: DayUsage, of reading: Reading, folding: RoomFolding) {
        let before = isKnown ? confirmed.askedAt : nil
        let (old, wasSettled) = (seconds, isKnown && recorded.isSettled(by: source))
        let through = reading.through(day, lag: source.lag)
        highest = highest.combined(with: usage.total, max)
        if usage.total.isZero {
            empties[reading.askedAt] = through
        } else if used.map({ $0.askedAt < reading.askedAt }) ?? true {
            used = (reading.askedAt, through, usage.rooms.filter { !$0.seconds.isZero })
        }
        if confirmed.askedAt == reading.askedAt, before != reading.askedAt {
            named = folding.fold(isEmpty ? [] : usage.rooms, previous: Set(named.named.map(\.room)))
        }
        if wasSettled { noteRevision(from: old) }
    }

    private mutating func noteRevision(from old: TierSeconds) {
        for tier in Tier.allCases where abs(seconds[tier] - old[tier]) >= 60 {
            revisedUp += max(seconds[tier] - old[tier], 0)
            revisedDown += max(old[tier] - seconds[tier], 0)
        }
    }

    private var isKnown: Bool { used != nil || !empties.isEmpty }

    /// "None" is believed after usage once it was told twice.
    private var isEmpty: Bool {
        guard let used else { return true }
        return empties.keys.count { $0 > used.askedAt } >= 2
    }

    private var newestEmpty: UnixTime { empties.keys.max() ?? UnixTime(milliseconds: 0) }

    private var confirmed: (askedAt: UnixTime, through: UnixTime) {
        if let used, !isEmpty { return (used.askedAt, used.through) }
        return (newestEmpty, empties[newestEmpty] ?? newestEmpty)
    }

    /// The rooms in force; one without a name where the source knows none.
    var rooms: [RoomUsage] { isEmpty ? [] : used?.rooms ?? [] }

    var seconds: TierSeconds { rooms.total }

    var recorded: RecordedDay {
        RecordedDay(
            day: day,
            askedAt: max(newestEmpty, used?.askedAt ?? newestEmpty),
            confirmedAt: confirmed.askedAt,
            seconds: seconds.total
        )
    }

    var history: DayHistory {
        DayHistory(
            source: source,
            day: day,
            seconds: seconds,
            isSettled: recorded.isSettled(by: source),
            through: confirmed.through,
            rooms: source.knowsRooms ? named : nil
        )
    }
}
