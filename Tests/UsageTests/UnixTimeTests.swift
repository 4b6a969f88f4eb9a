import Foundation
import Testing
import TestSupport

@testable import Usage

@Suite("Points in time")
struct UnixTimeTests {
    @Test(
        "Seconds are rounded down, also before 1970",
        arguments: [(0, 0), (999, 0), (1000, 1), (-1, -1), (-1000, -1), (-1001, -2), (1_999, 1)]
    )
    func seconds(milliseconds: Int, seconds: Int) {
        #expect(UnixTime(milliseconds: milliseconds).seconds == seconds)
    }

    @Test("Sums and differences are exact to the millisecond")
    func arithmetic() {
        let time = UnixTime(milliseconds: 1_772_236_800_123)
        #expect(time + .milliseconds(877) == UnixTime(seconds: 1_772_236_801))
        #expect(time - .seconds(2_000_000_000) == UnixTime(milliseconds: 1_772_236_800_123 - 2_000_000_000_000))
        #expect(UnixTime(seconds: 5) - UnixTime(seconds: 8) == .seconds(-3))
        #expect(time + .seconds(-1) == time - .seconds(1))
        #expect(UnixTime(seconds: -1) < UnixTime(seconds: 0))
    }

    @Test("A duration says how many milliseconds and seconds it has")
    func durations() {
        #expect(Duration.microseconds(1_999).wholeMilliseconds == 1)
        #expect(Duration.seconds(-2).wholeMilliseconds == -2000)
        #expect(Duration.milliseconds(-1500).wholeMilliseconds == -1500)
        #expect(Duration.milliseconds(1500).inSeconds == 1.5)
        #expect(Duration.milliseconds(-250).inSeconds == -0.25)
    }

    @Test(
        "The last full minute is never later, also before 1970",
        arguments: [(0, 0), (59_999, 0), (60_000, 60), (-1, -60), (-60_000, -60), (-60_001, -120)]
    )
    func minute(milliseconds: Int, seconds: Int) {
        #expect(UnixTime(milliseconds: milliseconds).flooredToMinute == UnixTime(seconds: seconds))
    }

    @Test(
        "A time is written to the minute, in the zone's own day",
        arguments: [
            (0, ZoneOffset.utc, "1970-01-01 00:00"), (0, .beijing, "1970-01-01 08:00"),
            (0, .halfPastFiveWest, "1969-12-31 18:30"), (-1, .utc, "1969-12-31 23:59"),
            (1_709_222_399, .beijing, "2024-02-29 23:59"), (1_709_222_400, .beijing, "2024-03-01 00:00"),
            (1_772_240_759, .utc, "2026-02-28 01:05"),
        ] as [(Int, ZoneOffset, String)]
    )
    func minuteText(seconds: Int, zone: ZoneOffset, text: String) {
        #expect(UnixTime(seconds: seconds).minuteText(in: zone) == text)
    }

    @Test("Foundation writes any minute in the same way", arguments: ZoneOffset.samples)
    func oracle(zone: ZoneOffset) throws {
        var generator = SeededGenerator(seed: 5)
        let calendar = try #require(Calendar(zone: zone))
        for _ in 0..<300 {
            let time = UnixTime(milliseconds: Int.random(in: -4_000_000_000_000...9_000_000_000_000, using: &generator))
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: time.foundation)
            let figures = [parts.year, parts.month, parts.day, parts.hour, parts.minute].compactMap(\.self)
            let expected = String(
                format: "%04ld-%02ld-%02ld %02ld:%02ld",
                arguments: figures.map { $0 as any CVarArg }
            )
            #expect(time.minuteText(in: zone) == expected)
        }
    }
}
