import Foundation

/// A moment of the wall clock, to the millisecond, in UTC.
struct LogTime: Equatable, Sendable {
    /// Since 1970.
    let milliseconds: Int

    init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    init(_ date: Date) {
        milliseconds = Int((date.timeIntervalSince1970 * 1_000).rounded(.down))
    }
}

extension LogTime: CustomStringConvertible {
    /// `2026-11-21T09:15:00.123Z`.
    var description: String {
        let (day, time) = milliseconds.split(by: 86_400_000)
        let (year, month, dayOfMonth) = civilDate(daysSince1970: day)
        let seconds = time / 1_000
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2))T\(digits(seconds / 3_600, 2)):"
            + "\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2)).\(digits(time % 1_000, 3))Z"
    }

    private func digits(_ number: Int, _ count: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

/// The Gregorian date, counted from 1 March so that the leap day is the last of its year.
private func civilDate(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (daysSince1970 + 719_468).split(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
}

extension Int {
    /// Division that rounds down also below zero.
    fileprivate func split(by divisor: Int) -> (quotient: Int, rest: Int) {
        let rest = (self % divisor + divisor) % divisor
        return ((self - rest) / divisor, rest)
    }
}
