import Testing

@testable import ProviderSimulator

@Suite("Dates")
struct CivilDateTests {
    @Test("A day number and its date belong together, before and after 1970")
    func roundTrip() {
        for number in stride(from: -800_000, through: 800_000, by: 997) {
            let date = CivilDate(dayNumber: number)
            #expect(date.dayNumber == number)
        }
        #expect(CivilDate(dayNumber: 0).description == "1970-01-01")
        #expect(CivilDate(dayNumber: 20_089).description == "2025-01-01")
        #expect(CivilDate("2024-02-29")?.dayNumber == 19_782)
    }

    @Test(
        "A day that does not exist, or is written otherwise, is refused",
        arguments: [
            "2026-02-29", "2026-00-10", "2026-13-01", "2026-04-31", "2026-4-01", "26-04-01", "2026/04/01", "",
            "2026-04-01 ", "+026-04-01", "２０２６-04-01",
        ]
    )
    func refused(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("A usage day begins at midnight at +08:00, whatever the machine's zone")
    func dayBounds() throws {
        let day = try #require(SimulatedDay("2026-03-04"))
        #expect(day.start == 1_772_553_600_000)
        #expect(day.end - day.start == 86_400_000)
        #expect(day.weekday == 2)
        #expect(SimulatedDay(containing: day.start) == day)
        #expect(SimulatedDay(containing: day.start - 1) < day)
        #expect(SimulatedDay(containing: day.end) == day.next)
        #expect(SimulatedDay(containing: -1).description == "1970-01-01")
    }

    @Test("A Date header and an ISO date name the moment in UTC")
    func formats() {
        #expect(HTTPDate.header(784_111_777_000) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.iso8601(784_111_777_042) == "1994-11-06T08:49:37.042Z")
        #expect(HTTPDate.header(0) == "Thu, 01 Jan 1970 00:00:00 GMT")
    }
}
