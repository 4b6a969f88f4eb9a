import TestSupport

/// Looks whether what is measured is a page at all.
enum PageCheck {
    /// What was found about a page.
    struct Sizes {
        let text: Int
        let gzip: Int
    }

    /// How much of a page's end may differ between two scrapes: what is told of the moment itself.
    private static let longestTail = 64 << 10

    /// Reads a page in both ways: they have to be the same but for what changes from scrape to scrape, and have all series.
    static func sizes(of server: ServerProcess, series: Int) throws -> Sizes {
        let connection = try ScrapeConnection(port: server.port)
        let text = try connection.get(.text, keepingBody: true).body
        let gzip = try connection.get(.gzip, keepingBody: true).body
        guard let member = Gunzip(gzip), member.unread == 0 else {
            throw BenchmarkError.wrongPage("the gzip body is not one whole member")
        }
        let unpacked = member.bytes
        let same = (0..<min(text.count, unpacked.count)).first { text[$0] != unpacked[$0] } ?? unpacked.count
        guard max(text.count, unpacked.count) - same < longestTail else {
            throw BenchmarkError.wrongPage("gzip and text differ at byte \(same) of \(text.count)")
        }
        try check(text, series: series)
        return Sizes(text: text.count, gzip: gzip.count)
    }

    /// The same for a peer, of which nothing but the number of its series is known.
    static func check(_ server: ServerProcess, series: Int) throws {
        try check(ScrapeConnection(port: server.port).get(.text, keepingBody: true).body, series: series)
    }

    private static func check(_ text: [UInt8], series: Int) throws {
        let found = lines(of: text, beginningWith: Array("rtc_usage_seconds{".utf8))
        guard found == series else { throw BenchmarkError.wrongPage("\(found) series instead of \(series)") }
    }

    private static func lines(of text: [UInt8], beginningWith start: [UInt8]) -> Int {
        var count = 0
        // How much of the start was seen on this line; `nil` once the line cannot be one of them.
        var seen: Int? = 0
        for byte in text {
            if byte == UInt8(ascii: "\n") {
                seen = 0
            } else if let place = seen {
                seen = start[place] == byte ? place + 1 : nil
                if seen == start.count { (count, seen) = (count + 1, nil) }
            }
        }
        return count
    }
}
