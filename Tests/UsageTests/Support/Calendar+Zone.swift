import Foundation
import Usage

extension Calendar {
    /// Foundation's Gregorian calendar in a zone: an oracle that shares no line with ours.
    init?(zone: ZoneOffset) {
        guard let zone = TimeZone(secondsFromGMT: zone.seconds) else { return nil }
        self.init(identifier: .gregorian)
        timeZone = zone
        locale = Locale(identifier: "en_US_POSIX")
    }
}

extension UnixTime {
    var foundation: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
