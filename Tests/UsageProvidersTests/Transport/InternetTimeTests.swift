import Testing
import Usage
import TestSupport

@testable import UsageProviders

@Suite("Times of the internet")
struct InternetTimeTests {
    /// 2021-07-24 00:00:00 in Beijing.
    private static let midnight = UnixTime(seconds: 1_627_056_000)

    @Test(
        "A time is read with whatever offset it has",
        arguments: [
            "2021-07-24T00:00:00+08:00", "2021-07-23T16:00:00Z", "2021-07-23T16:00:00z", "2021-07-23t16:00:00+00:00",
            "2021-07-23 16:00:00-00:00", "2021-07-23T10:30:00-05:30", "2021-07-24T00:00:00.000+08:00",
            "2021-07-23T15:59:60Z", "2021-07-23T16:00:00.0009Z",
        ]
    )
    func read(_ text: String) {
        #expect(UnixTime(rfc3339: text) == Self.midnight)
    }

    @Test(
        "A fraction is read to the millisecond",
        arguments: [("5", 500), ("05", 50), ("1239", 123), ("999999999", 999)]
    )
    func fraction(digits: String, milliseconds: Int) {
        let time = UnixTime(rfc3339: "2021-07-24T00:00:00.\(digits)+08:00")
        #expect(time == Self.midnight + .milliseconds(milliseconds))
    }

    @Test(
        "All else is none",
        arguments: [
            "", "2021-07-24", "2021-07-24T00:00:00", "2021-07-24T00:00+08:00", "2021-07-24T00:00:00+0800",
            "2021-07-24T00:00:00+15:00", "2021-07-24T00:00:00.+08:00", "2021-07-24T24:00:00+08:00",
            "2021-07-24T00:60:00+08:00", "2021-07-24T00:00:61+08:00", "2021-02-29T00:00:00+08:00",
            "2021-13-01T00:00:00+08:00", "2021-00-01T00:00:00+08:00", "2021-7-24T00:00:00+08:00",
            "2021/07/24T00:00:00+08:00", "2021-07-24_00:00:00+08:00", "2021-07-24T00-00-00+08:00",
            "+021-07-24T00:00:00+08:00", "2021-07-24T0a:00:00+08:00", " 2021-07-24T00:00:00+08:00",
            "2021-07-24T00:00:00+08:00 ", "2021-07-24T00:00:00ZZ", "1627056000", "２０２１-07-24T00:00:00Z",
        ]
    )
    func refused(_ text: String) {
        #expect(UnixTime(rfc3339: text) == nil)
    }

    @Test("A time is written by the clock of a zone")
    func write() throws {
        #expect(Self.midnight.rfc3339(in: .beijing) == "2021-07-24T00:00:00+08:00")
        #expect(Self.midnight.rfc3339(in: .utc) == "2021-07-23T16:00:00+00:00")
        #expect((Self.midnight - .seconds(1)).rfc3339(in: .beijing) == "2021-07-23T23:59:59+08:00")
        #expect((Self.midnight + .milliseconds(999)).rfc3339(in: .beijing) == "2021-07-24T00:00:00+08:00")
        #expect(Self.midnight.rfc3339(in: try #require(ZoneOffset("-05:30"))) == "2021-07-23T10:30:00-05:30")
        #expect(Self.midnight.basicText == "20210723T160000Z")
        #expect(UnixTime(seconds: 1_767_225_599).basicText == "20251231T235959Z")
    }

    @Test("What was written is read again")
    func roundTrip() {
        var random = SeededGenerator(seed: 20_210_724)
        for _ in 0..<500 {
            let time = UnixTime(seconds: Int.random(in: -2_000_000_000...6_000_000_000, using: &random))
            let zone = ZoneOffset(seconds: Int.random(in: -14 * 4...14 * 4, using: &random) * 900)
            #expect(UnixTime(rfc3339: time.rfc3339(in: zone)) == time)
        }
    }
}
