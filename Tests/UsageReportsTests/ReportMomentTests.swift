import Testing
import Usage

@testable import UsageReports

@Suite("Ends of a range")
struct ReportMomentTests {
    @Test("A day is the day of each source's own zone, as a whole")
    func day() throws {
        let moment = try #require(ReportMoment("2026-11-20"))
        #expect(moment == .day(20_777))
        #expect(moment.start(in: .beijing).internetText(in: .beijing) == "2026-11-20T00:00:00+08:00")
        #expect(moment.end(in: .utc).internetText(in: .utc) == "2026-11-21T00:00:00+00:00")
    }

    @Test(
        "A time is read as RFC 3339 has it, also when its plus became a space",
        arguments: [
            ("2026-11-20T00:00:00+08:00", 1_795_104_000_000), ("2026-11-20T00:00:00 08:00", 1_795_104_000_000),
            ("2026-11-19T16:00:00Z", 1_795_104_000_000), ("2026-11-19t16:00:00.5z", 1_795_104_000_500),
            ("2026-11-19T16:00:00.0129999Z", 1_795_104_000_012), ("2026-11-19T10:30:00-05:30", 1_795_104_000_000),
        ]
    )
    func instant(text: String, milliseconds: Int) {
        #expect(ReportMoment(text) == .instant(UnixTime(milliseconds: milliseconds)))
    }

    @Test(
        "All else is neither",
        arguments: [
            "", "2026", "2026-11", "2026-11-31", "2026-13-01", "2026-1-01", "2026-11-20T", "2026-11-20T00:00",
            "2026-11-20T00:00:00", "2026-11-20 00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T00:60:00Z",
            "2026-11-20T00:00:60Z", "2026-11-20T00:00:00.Z", "2026-11-20T00:00:00.1234567890Z",
            "2026-11-20T00:00:00+0800", "2026-11-20T00:00:00+15:00", "2026-11-20T00:00:00Z ", "today", "1795104000",
            "-026-11-20", "２０２６-11-20", "0000-01-01", "2026-11-2\u{0}", "99999999999999999999-01-01",
        ]
    )
    func neither(text: String) {
        #expect(ReportMoment(text) == nil)
    }

    @Test("A range whose days lie in different zones is reversed only when it is so everywhere")
    func reversed() throws {
        func range(_ from: String, _ to: String) throws -> ReportRange {
            ReportRange(from: try moment(from), to: try moment(to))
        }
        #expect(try range("2026-11-20", "2026-11-20").isReversed == false)
        #expect(try range("2026-11-20", "2026-11-19").isReversed)
        #expect(try range("2026-11-20T23:00:00Z", "2026-11-20").isReversed == false)
        #expect(try range("2026-11-20", "2026-11-19T20:00:00Z").isReversed == false)
        #expect(try range("2026-11-20", "2026-11-19T02:00:00Z").isReversed)
        #expect(try range("2026-11-20T00:00:01Z", "2026-11-20T00:00:00Z").isReversed)
    }
}
