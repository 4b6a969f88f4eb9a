import Foundation
import Testing
import TestSupport

@testable import Usage

@Suite("Calendar dates")
struct CivilDateTests {
    @Test(
        "A date has its number of days since 1970, and the number its date",
        arguments: [
            (1970, 1, 1, 0), (1969, 12, 31, -1), (1970, 2, 28, 58), (1970, 3, 1, 59), (2000, 2, 29, 11_016),
            (2000, 3, 1, 11_017), (2024, 2, 29, 19_782), (2024, 3, 1, 19_783), (2100, 2, 28, 47_540),
            (2100, 3, 1, 47_541), (1600, 1, 1, -135_140), (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896),
        ]
    )
    func known(year: Int, month: Int, day: Int, number: Int) {
        let date = CivilDate(year: year, month: month, day: day)
        #expect(date.dayNumber == number)
        #expect(CivilDate(dayNumber: number) == date)
    }

    @Test("Every day of eleven hundred years follows the one before and comes back from its number")
    func roundTrip() {
        var last = CivilDate(dayNumber: -200_001)
        for number in -200_000...200_000 {
            let date = CivilDate(dayNumber: number)
            let isNextDay = date.year == last.year && date.month == last.month && date.day == last.day + 1
            let isNextMonth = date.year == last.year && date.month == last.month + 1 && date.day == 1
            let isNextYear = date.year == last.year + 1 && date.month == 1 && date.day == 1 && last.month == 12
            let follows = isNextDay || (isNextMonth && last.day >= 28) || (isNextYear && last.day == 31)
            guard date.dayNumber == number, follows else {
                Issue.record("\(number) is \(date), the day before is \(last)")
                return
            }
            last = date
        }
    }

    @Test("Foundation's calendar gives the same dates, on any day from 1600 to 9999", arguments: 0..<8)
    func oracle(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let calendar = try #require(Calendar(zone: .utc))
        for _ in 0..<400 {
            let number = Int.random(in: -135_140...2_932_896, using: &generator)
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let ours = CivilDate(dayNumber: number)
            #expect([parts.year, parts.month, parts.day] == [ours.year, ours.month, ours.day])
        }
    }

    @Test("Dates are written with four digits for the year and two for the rest")
    func text() {
        #expect(CivilDate(year: 2026, month: 2, day: 3).description == "2026-02-03")
        #expect(CivilDate(year: 33, month: 11, day: 30).description == "0033-11-30")
    }
}
