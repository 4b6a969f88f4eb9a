import Testing

@testable import Usage

@Suite("Usage months")
struct UsageMonthTests {
    @Test(
        "A month has its days",
        arguments: [
            (2026, 1, 31), (2026, 2, 28), (2024, 2, 29), (2100, 2, 28), (2000, 2, 29), (2026, 4, 30), (2026, 12, 31),
        ]
    )
    func dayCount(year: Int, month: Int, count: Int) {
        let month = UsageMonth(year: year, month: month, zone: .beijing)
        #expect(month.end.number - month.firstDay.number == count)
    }

    @Test("Months follow each other without a gap, each day in exactly one", arguments: ZoneOffset.samples)
    func partition(zone: ZoneOffset) throws {
        var day = try #require(UsageDay("1968-01-01", zone: zone))
        for _ in 0..<(4 * 366) {
            let month = day.month
            #expect(month.firstDay <= day && day < month.end)
            #expect(month.zone == zone)
            #expect(month.end.month.previous == month)
            #expect((day.next.month == month) == (day.next < month.end))
            day = day.next
        }
    }

    @Test("The turn of the year is the turn of a month")
    func turnOfTheYear() {
        let december = UsageMonth(year: 2025, month: 12, zone: .beijing)
        #expect(december.end.description == "2026-01-01")
        #expect(december.end.month == UsageMonth(year: 2026, month: 1, zone: .beijing))
        #expect(UsageMonth(year: 2026, month: 1, zone: .beijing).previous == december)
    }

    @Test("An instant at the end of a month is in one month here and in another one there")
    func zones() throws {
        let instant = try #require(UsageDay("2024-03-01", zone: .beijing)).start
        #expect(UsageDay(containing: instant, zone: .beijing).month.month == 3)
        #expect(UsageDay(containing: instant, zone: .utc).month.month == 2)
        #expect(UsageDay(containing: instant, zone: .utc).description == "2024-02-29")
    }
}
