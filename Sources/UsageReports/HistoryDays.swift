import Usage
import UsageLedger

/// The days of an app within a range, to be gone through any number of times, a batch at a time.
struct HistoryDays {
    private let merge: DayMerge
    private let bounds: ReportBounds?
    private let numbers: ClosedRange<Int>?
    private let batch: Int

    /// Finds out where the history begins.
    init(_ merge: DayMerge, range: ReportRange, now: UnixTime, batch: Int) async throws {
        self.merge = merge
        self.batch = batch
        bounds = merge.sources.first.map { range.bounds(in: $0.zone, now: now) }
        guard let wanted = bounds?.days, let first = try await merge.firstDay(upTo: wanted.upperBound),
            first <= wanted.upperBound
        else {
            numbers = nil
            return
        }
        numbers = max(first, wanted.lowerBound)...wanted.upperBound
    }

    /// The tiers that any of the sources tells apart.
    var tiers: [Tier] {
        let told = Set(merge.sources.flatMap(\.tiers))
        return Tier.allCases.filter(told.contains)
    }

    /// Each day that begins within the range, oldest first.
    func forEach(_ body: (DayHistory) throws -> Void) async throws {
        guard let numbers, let bounds else { return }
        for first in stride(from: numbers.lowerBound, through: numbers.upperBound, by: batch) {
            let days = try await merge.days(first...min(first + batch - 1, numbers.upperBound))
            for day in days where bounds.contains(day.day.start) { try body(day) }
        }
    }
}
