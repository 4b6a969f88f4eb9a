import Foundation
import Testing
import TestSupport

@testable import Usage

@Suite("Usage days")
struct UsageDayTests {
    @Test("A day begins with its midnight and ends before the next one", arguments: ZoneOffset.samples)
    func halfOpen(zone: ZoneOffset) throws {
        let day = try #require(UsageDay(year: 2026, month: 2, day: 28, zone: zone))
        #expect(day.end - day.start == .seconds(86_400))
        #expect(UsageDay(containing: day.start, zone: zone) == day)
        #expect(UsageDay(containing: UnixTime(milliseconds: day.end.milliseconds - 1), zone: zone) == day)
        #expect(UsageDay(containing: day.end, zone: zone) == day.next)
        #expect(UsageDay(containing: UnixTime(milliseconds: day.start.milliseconds - 1), zone: zone) == day.previous)
        #expect(UsageDay(containing: UnixTime(milliseconds: day.start.milliseconds + 1), zone: zone) == day)
    }

    @Test(
        "A midnight lies where its zone puts it",
        arguments: [
            (ZoneOffset.utc, 1_772_236_800), (.beijing, 1_772_208_000), (.halfPastFiveWest, 1_772_256_600),
        ]
    )
    func midnight(zone: ZoneOffset, seconds: Int) throws {
        let day = try #require(UsageDay(year: 2026, month: 2, day: 28, zone: zone))
        #expect(day.start == UnixTime(seconds: seconds))
    }

    @Test(
        "Months, years and Februaries end where they should",
        arguments: [
            ("2023-12-31", "2024-01-01"), ("2024-02-28", "2024-02-29"), ("2024-02-29", "2024-03-01"),
            ("2023-02-28", "2023-03-01"), ("2000-02-28", "2000-02-29"), ("2100-02-28", "2100-03-01"),
            ("1969-12-31", "1970-01-01"), ("2026-04-30", "2026-05-01"), ("1900-02-28", "1900-03-01"),
        ]
    )
    func following(text: String, next: String) throws {
        let day = try #require(UsageDay(text, zone: .beijing))
        #expect(day.description == text)
        #expect(day.next.description == next)
        #expect(day.next.previous == day)
    }

    @Test(
        "There is no such date",
        arguments: [
            (2026, 2, 29), (2100, 2, 29), (1900, 2, 29), (2024, 2, 30), (2026, 4, 31), (2026, 6, 31), (2026, 13, 1),
            (2026, 0, 1), (2026, 1, 0), (2026, 1, 32), (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2026, -1, -1),
            (Int.max, Int.max, Int.max), (Int.min, Int.min, Int.min),
        ]
    )
    func invalid(year: Int, month: Int, day: Int) {
        #expect(UsageDay(year: year, month: month, day: day, zone: .utc) == nil)
    }

    @Test("There are such dates", arguments: [(2024, 2, 29), (2000, 2, 29), (1, 1, 1), (9999, 12, 31)])
    func valid(year: Int, month: Int, day: Int) throws {
        let day = try #require(UsageDay(year: year, month: month, day: day, zone: .utc))
        #expect(UsageDay(containing: day.start, zone: .utc) == day)
    }

    @Test(
        "Known days fall on their days of the week",
        arguments: [
            ("1970-01-01", 3), ("1969-12-31", 2), ("2000-01-01", 5), ("2024-02-29", 3), ("2026-02-28", 5),
            ("2100-03-01", 0), ("1945-05-08", 1), ("1969-12-28", 6), ("1969-12-29", 0), ("1601-01-01", 0),
        ]
    )
    func weekday(text: String, weekday: Int) throws {
        #expect(try #require(UsageDay(text, zone: .beijing)).weekday == weekday)
    }

    @Test("Any instant falls into the day that Foundation's calendar gives it", arguments: ZoneOffset.samples)
    func oracle(zone: ZoneOffset) throws {
        var generator = SeededGenerator(seed: UInt64(bitPattern: Int64(zone.seconds)))
        let calendar = try #require(Calendar(zone: zone))
        for _ in 0..<500 {
            let time = UnixTime(milliseconds: Int.random(in: -5_000_000_000_000...9_000_000_000_000, using: &generator))
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: time.foundation)
            let day = UsageDay(containing: time, zone: zone)
            #expect(parts.weekday == (day.weekday + 1) % 7 + 1)
            #expect([parts.year, parts.month, parts.day] == [day.date.year, day.date.month, day.date.day])
            #expect(calendar.startOfDay(for: time.foundation) == day.start.foundation)
            #expect(day.start <= time && time < day.end)
        }
    }

    @Test("Days far from now keep their order and distance")
    func distance() throws {
        let day = try #require(UsageDay("2024-02-29", zone: .beijing))
        #expect(day.advanced(by: 366).description == "2025-03-01")
        #expect(day.advanced(by: -366).description == "2023-02-28")
        #expect(day.advanced(by: 0) == day)
        #expect(day.advanced(by: 1461).description == "2028-02-29")
        #expect(day.previous < day && day < day.next)
    }

    @Test("Days of two zones are ordered by their midnights")
    func order() {
        let west = UsageDay(number: 20_000, zone: .utc)
        let east = UsageDay(number: 20_000, zone: .beijing)
        #expect(east < west)
        #expect(west < east.next)
        #expect(east != west)
        // The same midnight by two names: neither equal nor without an order.
        let fullDayEast = UsageDay(number: 20_001, zone: ZoneOffset(seconds: 86_400))
        #expect(fullDayEast.start == west.start)
        #expect(fullDayEast != west)
        #expect(west < fullDayEast && !(fullDayEast < west))
    }
}

extension UsageDay {
    /// Reads `2026-02-28`.
    init?(_ text: String, zone: ZoneOffset) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2], zone: zone)
    }
}
