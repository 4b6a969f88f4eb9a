import ExporterMetrics
import Usage
import UsageLedger

/// The days of an app from several sources of one zone: of each day what the first source in order has of it.
struct DayMerge: Sendable {
    let app: AppKey
    /// In the order in which they are asked.
    let sources: [UsageSource]
    let history: any UsageHistory

    /// Of the sources the one that goes before the others comes first; those whose days begin at another midnight are passed
    /// over.
    init(of app: AppKey, from sources: [UsageSource], history: any UsageHistory) {
        self.app = app
        self.sources = sources.filter { $0.zone == sources.first?.zone }
        self.history = history
    }

    /// The number of the first day that is held; `nil` when none up to the last one is.
    func firstDay(upTo last: Int) async throws -> Int? {
        var first: Int?
        for source in sources where last >= 0 {
            let oldest = try await history.history(of: app, from: source, days: 0...last, most: 1).first
            first = [first, oldest?.day.number].compactMap(\.self).min()
        }
        return first
    }

    /// Days of a range, oldest first, each from the first source that has it; `counts` says whether what a source has of a
    /// day is what is wanted.
    func days(
        _ numbers: ClosedRange<Int>,
        where counts: (DayHistory) -> Bool = { _ in true }
    ) async throws -> [DayHistory] {
        var merged: [Int: DayHistory] = [:]
        for source in sources where merged.count < numbers.count {
            let days = try await history.history(of: app, from: source, days: numbers, most: numbers.count)
            for day in days where counts(day) && merged[day.day.number] == nil { merged[day.day.number] = day }
        }
        return merged.values.sorted { $0.day.number < $1.day.number }
    }
}
