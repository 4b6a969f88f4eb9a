import Usage

extension UnixTime {
    /// Reads the form that HTTP servers send, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
    init?(httpDate text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT",
            let day = Int(parts[1]), let year = Int(parts[3]),
            let month = Self.months.firstIndex(of: String(parts[2])),
            let date = UsageDay(year: year, month: month + 1, day: day, zone: .utc)
        else { return nil }
        let clock = parts[4].split(separator: ":").map { Int($0) ?? -1 }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        self = UnixTime(seconds: date.start.seconds + clock[0] * 3600 + clock[1] * 60 + clock[2])
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

extension Duration {
    /// Reads a `Retry-After` header: a number of seconds, or the date at which to come back; a day at most.
    init?(retryAfter text: String, now: UnixTime) {
        if let seconds = Int(text) {
            guard seconds >= 0 else { return nil }
            self = .seconds(min(seconds, 86_400))
        } else if let date = UnixTime(httpDate: text) {
            self = max(.zero, min(date - now, .seconds(86_400)))
        } else {
            return nil
        }
    }
}
