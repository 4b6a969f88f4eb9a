import Usage

/// Reads the table of room usage where it stands, escaped inside of an answer's JSON, in one pass.
///
/// A row as the provider documents them takes the short way: figures of digits alone, and an id without escapes. Any other one
/// is written out and read by the rules of ``RoomUsageTable``.
struct RoomUsageScanner {
    private static let comma = UInt8(ascii: ",")
    /// How many bytes a documented row has at least: six commas and figures, and the escape of its end.
    private static let shortestRow = 14

    private(set) var table = RoomUsageTable()
    /// Where it stands: behind the last row that was read, or behind the closing quote.
    private(set) var position: Int
    /// Whether that was the last row.
    private(set) var hasEnded = false
    private var number = 0
    private var line: [UInt8] = []

    /// - Parameter position: The place behind the opening quote.
    init(at position: Int) {
        self.position = position
    }

    /// Reads all rows.
    ///
    /// - Returns: `false` where the bytes are no JSON; the table is not complete then.
    /// - Throws: ``ReadingFailure`` with reason `malformed`, in the words of ``RoomUsageTable``.
    mutating func scan(_ bytes: Span<UInt8>) throws(ReadingFailure) -> Bool {
        while !hasEnded {
            number += 1
            if table.isDocumented, takeDocumentedRow(bytes) { continue }
            guard writeOutLine(bytes) else { return false }
            let hadHeader = table.isDocumented
            try table.take(line, number: number)
            // Once, and for no more than there can be: an answer may be blank lines and nothing else.
            if table.isDocumented, !hadHeader {
                table.reserve(min(bytes.escapedLineEnds(), bytes.count / Self.shortestRow))
            }
        }
        return true
    }

    /// Reads a row whose form leaves no question.
    private mutating func takeDocumentedRow(_ bytes: Span<UInt8>) -> Bool {
        let end = bytes.firstSpecial(from: position)
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\\"), bytes[end + 1] == UInt8(ascii: "n") else {
            return false
        }
        var idEnd = end
        guard let fourK = figure(bytes, &idEnd), let twoK = figure(bytes, &idEnd), let fhd = figure(bytes, &idEnd),
            let hd = figure(bytes, &idEnd), let sd = figure(bytes, &idEnd), let audio = figure(bytes, &idEnd),
            let room = RoomID(unaltered: bytes.extracting(position..<idEnd))
        else { return false }
        let seconds = TierSeconds(audio: audio, sd: sd, hd: hd, fhd: fhd, twoK: twoK, fourK: fourK)
        guard table.append(RoomUsage(room: room, seconds: seconds)) else { return false }
        position = end + 2
        return true
    }

    /// The figure that ends at a place, of at most as many digits as can be believed, and moves the place before its comma.
    @inline(__always)
    private func figure(_ bytes: Span<UInt8>, _ end: inout Int) -> Int? {
        var (value, scale, start) = (0, 1, end)
        while start > position {
            let digit = bytes[start - 1] &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            // Wraps around only where there are more digits than are believed below.
            value &+= Int(digit) &* scale
            scale &*= 10
            start -= 1
        }
        guard start > position, bytes[start - 1] == Self.comma, start < end, end - start <= 12 else { return nil }
        end = start - 1
        return value
    }

    /// Writes the bytes out that a line stands for, up to a line end or the closing quote; `false` where they are no JSON.
    private mutating func writeOutLine(_ bytes: Span<UInt8>) -> Bool {
        line.removeAll(keepingCapacity: true)
        while true {
            let special = bytes.firstSpecial(from: position)
            bytes.copy(position..<special, appendingTo: &line)
            guard special < bytes.count else { return false }
            if bytes[special] == UInt8(ascii: "\"") {
                position = special + 1
                hasEnded = true
                return true
            }
            guard let end = JSONEscape.end(at: special, in: bytes, appendingTo: &line) else { return false }
            position = end
            if line.last == UInt8(ascii: "\n") {
                line.removeLast()
                return true
            }
        }
    }
}
