import Foundation
import Usage

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
        let time = UnixTime(milliseconds: milliseconds)
        let day = UsageDay(containing: time, zone: .utc)
        let rest = (time - day.start).wholeMilliseconds
        let seconds = rest / 1_000
        return "\(day)T\(digits(seconds / 3_600, 2)):\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2))"
            + ".\(digits(rest % 1_000, 3))Z"
    }

    private func digits(_ number: Int, _ count: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
