import Synchronization
import Usage

/// The ledger's rules for days, in memory: a later reading replaces an earlier one; an empty one after usage waits.
final class MemoryStore: ReadingStore {
    struct Full: Error {}

    private struct Day {
        var record: RecordedDay
        var isEmpty: Bool
    }

    private struct State {
        var days: [AppKey: [Int: Day]] = [:]
        var isFull = false
        var isReadable = true
    }

    private let state = Mutex(State())

    /// Whether writing fails.
    var isFull: Bool {
        get { state.withLock { $0.isFull } }
        set { state.withLock { $0.isFull = newValue } }
    }

    /// Whether reading succeeds.
    var isReadable: Bool {
        get { state.withLock { $0.isReadable } }
        set { state.withLock { $0.isReadable = newValue } }
    }

    func record(_ reading: Reading, from source: UsageSource) async throws -> [RecordedDay] {
        try state.withLock { state in
            guard !state.isFull else { throw Full() }
            return reading.days.map { Self.record($0, of: reading, in: &state) }
        }
    }

    private static func record(_ usage: DayUsage, of reading: Reading, in state: inout State) -> RecordedDay {
        let day = usage.day
        let known = state.days[reading.app]?[day.number]
        if let known, known.record.askedAt >= reading.askedAt { return known.record }
        let isEmpty = usage.rooms.isEmpty
        var confirmedAt = reading.askedAt
        if let known, isEmpty, !known.isEmpty, !known.record.awaitsSecondEmpty {
            confirmedAt = known.record.confirmedAt
        }
        let staysFilled = confirmedAt < reading.askedAt
        let record = RecordedDay(
            day: day,
            askedAt: reading.askedAt,
            confirmedAt: confirmedAt,
            seconds: staysFilled ? known?.record.seconds ?? 0 : usage.total.total
        )
        state.days[reading.app, default: [:]][day.number] = Day(record: record, isEmpty: isEmpty && !staysFilled)
        return record
    }

    func distrustReadings(of app: AppKey, from source: UsageSource, askedAfter now: UnixTime) async throws {
        state.withLock { state in
            for (number, day) in state.days[app, default: [:]] where day.record.askedAt > now {
                let isFuture = number > source.day(containing: now).number
                let old = RecordedDay(day: day.record.day, askedAt: .longAgo, confirmedAt: .longAgo, seconds: 60)
                state.days[app]?[number] = isFuture ? nil : Day(record: old, isEmpty: day.isEmpty)
            }
        }
    }

    func recordedDays(
        of app: AppKey,
        from source: UsageSource,
        since first: UsageDay
    ) async throws -> [RecordedDay] {
        guard isReadable else { throw Full() }
        return days(of: app).filter { $0.day >= first }
    }

    func days(of app: AppKey) -> [RecordedDay] {
        state.withLock { $0.days[app, default: [:]].values.map(\.record).sorted { $0.day < $1.day } }
    }

    /// Loses all that it knew, as a damaged ledger does.
    func forgetAll() {
        state.withLock { $0.days = [:] }
    }

    func put(_ day: RecordedDay, of app: AppKey) {
        state.withLock { $0.days[app, default: [:]][day.day.number] = Day(record: day, isEmpty: false) }
    }
}

extension UnixTime {
    fileprivate static let longAgo = UnixTime(milliseconds: 1)
}
