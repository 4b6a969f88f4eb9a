import Usage

/// Figures and times as a person reads them.
enum Words {
    /// What is not known is a dash and never a zero.
    static let unknown = "–"

    /// `45 s`, `12 min`, `34 h 05 min`, `1,234 h`: from a hundred hours on nobody reads the minutes.
    static func hours(_ seconds: Int) -> String {
        switch seconds {
        case 0: return "0 h"
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<360_000:
            let minutes = seconds / 60 % 60
            return "\(seconds / 3600) h \(minutes < 10 ? "0" : "")\(minutes) min"
        default: return "\(grouped(seconds / 3600)) h"
        }
    }

    static func grouped(_ number: Int) -> String {
        var groups: [String] = []
        var rest = number
        while rest >= 1000 {
            let digits = String(rest % 1000)
            groups.insert(String(repeating: "0", count: 3 - digits.count) + digits, at: 0)
            rest /= 1000
        }
        return ([String(rest)] + groups).joined(separator: ",")
    }

    static func count(_ number: Int, _ one: String) -> String {
        "\(grouped(number)) \(one)\(number == 1 ? "" : "s")"
    }

    /// `12 % more`, `3 % less`, `as much`; of nothing there is no part.
    static func change(from before: Int, to now: Int) -> String {
        guard before > 0 else { return now > 0 ? "more" : "as much" }
        let percent = (Double(now - before) / Double(before) * 100).rounded()
        guard percent != 0 else { return "as much" }
        return "\(grouped(Int(min(abs(percent), 1e12)))) % \(percent > 0 ? "more" : "less")"
    }

    /// `+12 %`, `-3 %`, `±0 %`.
    static func signedChange(from before: Int, to now: Int) -> String {
        guard before > 0 else { return now > 0 ? "none before" : "±0 %" }
        let percent = (Double(now - before) / Double(before) * 100).rounded()
        guard percent != 0 else { return "±0 %" }
        return "\(percent > 0 ? "+" : "−")\(grouped(Int(min(abs(percent), 1e12)))) %"
    }

    /// `+3.1 %`: in tenths, rounded towards zero.
    static func fineChange(from before: Int, to now: Int) -> String {
        guard before > 0 else { return "first source has none" }
        let tenths = Int(min(abs(Double(now - before) / Double(before)) * 1000, 1e15))
        return "\(now < before ? "−" : "+")\(grouped(tenths / 10)).\(tenths % 10) %"
    }

    /// `38 %` of a whole; `nil` of nothing.
    static func share(_ part: Int, of whole: Int) -> String? {
        guard whole > 0 else { return nil }
        let percent = Double(part) / Double(whole) * 100
        return percent > 0 && percent < 1 ? "under 1 %" : "\(Int(percent.rounded())) %"
    }

    /// A length of time: the two largest units say enough.
    static func span(_ duration: Duration) -> String {
        let milliseconds = max(0, duration.wholeMilliseconds)
        let seconds = milliseconds / 1000
        return switch seconds {
        case 0 where milliseconds > 0: "\(milliseconds) ms"
        case ..<60: "\(seconds) s"
        case ..<3600: seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: seconds / 60 % 60 == 0 ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: seconds / 3600 % 24 == 0 ? "\(seconds / 86_400) d" : "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
        }
    }

    /// `14:20`, in the zone of a day; the midnight that ends the day is its 24:00.
    static func clock(_ time: UnixTime, of day: UsageDay) -> String {
        time >= day.end ? "24:00" : String(time.minuteText(in: day.zone).suffix(5))
    }

    /// `November 2026`.
    static func month(_ month: UsageMonth) -> String { "\(monthName(month)) \(month.year)" }

    static func monthName(_ month: UsageMonth) -> String {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return (1...12).contains(month.month) ? names[month.month - 1] : "\(month.month)"
    }
}
