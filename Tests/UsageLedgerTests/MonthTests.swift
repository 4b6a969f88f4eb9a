import Testing
import Usage
import UsageLedger

@Suite("The months of an app")
struct MonthTests {
    private static let date = LedgerExamples.date

    @Test(
        "They are summed over their days, across the ends of months and years",
        arguments: [
            // From, through; the day of the month that the newest day has; the length of the month before.
            (date(2025, 12, 1), date(2026, 1, 15), 15, 31), (date(2025, 12, 1), date(2026, 1, 1), 1, 31),
            (date(2026, 2, 1), date(2026, 3, 31), 31, 28), (date(2028, 2, 1), date(2028, 3, 1), 1, 29),
            (date(2025, 7, 1), date(2025, 8, 31), 31, 31), (date(2025, 10, 1), date(2025, 11, 30), 30, 31),
        ]
    )
    func complete(first: UsageDay, last: UsageDay, days: Int, before: Int) async throws {
        try await withLedger { ledger in
            try await fill(ledger, from: first, through: last)
            let figures = try await ledger.figures()
            #expect(figures.current?.total.day == last)
            let month = try #require(figures.month)
            #expect(month.month == last.month)
            #expect(month.seconds.total == seconds(from: last.month.firstDay, through: last))
            #expect(last.number - last.month.firstDay.number + 1 == days)
            #expect(month.isComplete)
            let previous = try #require(figures.previousMonth)
            #expect(previous.month == last.month.previous)
            #expect(previous.month.end.number - previous.month.firstDay.number == before)
            #expect(previous.seconds.total == seconds(from: first, through: last.month.firstDay.previous))
            #expect(previous.isComplete)
        }
    }

    @Test("A month is not complete while one of its days so far is missing, and is so once it is read")
    func gap() async throws {
        let (first, last) = (Self.date(2026, 3, 1), Self.date(2026, 3, 9))
        for missing in [first, Self.date(2026, 3, 5), last.previous] {
            try await withLedger { ledger in
                try await fill(ledger, from: first, through: last, without: missing)
                let month = try #require(try await ledger.figures().month)
                #expect(!month.isComplete)
                #expect(month.seconds.total == seconds(from: first, through: last) - seconds(of: missing))
                try await ledger.record([Reading(missing, hour: 40, ["a": seconds(of: missing)])])
                #expect(try await ledger.figures().month?.isComplete == true)
            }
        }
    }

    @Test("A day that was last asked about before its end may lack its evening, and leaves its month incomplete")
    func evening() async throws {
        let (first, last) = (Self.date(2026, 3, 1), Self.date(2026, 3, 9))
        let half = Self.date(2026, 3, 5)
        try await withLedger { ledger in
            try await fill(ledger, from: first, through: last, without: half)
            try await ledger.record([Reading(half, hour: 12, ["a": 1])])
            #expect(try await ledger.figures().month?.isComplete == false)
            try await ledger.record([Reading(half, hour: 25, ["a": 2])])
            #expect(try await ledger.figures().month?.isComplete == true)
        }
    }

    @Test("The month before is told only when all of its days are known")
    func previousGap() async throws {
        let (first, last) = (Self.date(2026, 2, 1), Self.date(2026, 3, 2))
        for missing in [first, Self.date(2026, 2, 14), Self.date(2026, 2, 28)] {
            try await withLedger { ledger in
                try await fill(ledger, from: first, through: last, without: missing)
                #expect(try await ledger.figures().previousMonth == nil)
                #expect(try await ledger.figures().month?.isComplete == true)
                try await ledger.record([Reading(missing, hour: 40)])
                let previous = try #require(try await ledger.figures().previousMonth)
                #expect(
                    previous.seconds.total == seconds(from: first, through: Self.date(2026, 2, 28))
                        - seconds(of: missing)
                )
            }
        }
    }

    @Test("A revision of a day of the month before is in that month's sum")
    func revision() async throws {
        try await withLedger { ledger in
            try await fill(ledger, from: Self.date(2026, 2, 1), through: Self.date(2026, 3, 2))
            let before = try #require(try await ledger.figures().previousMonth?.seconds.total)
            let day = Self.date(2026, 2, 10)
            try await ledger.record([Reading(day, hour: 500, ["a": seconds(of: day) + 3_600])])
            #expect(try await ledger.figures().previousMonth?.seconds.total == before + 3_600)
        }
    }

    @Test("An app that was never read has no month")
    func unknown() async throws {
        try await withLedger { ledger in
            let figures = try await ledger.figures()
            #expect(figures.current == nil)
            #expect(figures.month == nil)
            #expect(figures.previousMonth == nil)
            #expect(figures.settled.isEmpty)
        }
    }

    /// A figure of its own for each day.
    private func seconds(of day: UsageDay) -> Int { day.number % 1_000 * 10 + 7 }

    private func seconds(from first: UsageDay, through last: UsageDay) -> Int {
        (first.number...last.number).reduce(0) { $0 + seconds(of: UsageDay(number: $1, zone: first.zone)) }
    }

    private func fill(
        _ ledger: UsageLedger,
        from first: UsageDay,
        through last: UsageDay,
        without missing: UsageDay? = nil
    ) async throws {
        for number in first.number...last.number where number != missing?.number {
            let day = UsageDay(number: number, zone: first.zone)
            // Closed days are asked about after their end, the newest one during it.
            let hour: Double = day == last ? 23 : 25
            try await ledger.record([Reading(day, hour: hour, ["a": seconds(of: day)])])
        }
    }
}
