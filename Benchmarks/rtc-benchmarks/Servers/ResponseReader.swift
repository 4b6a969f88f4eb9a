/// Follows one answer of HTTP/1.1 through the bytes as they come, by its length or by its chunks.
struct ResponseReader {
    private enum Place {
        case head
        case body(left: Int)
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case end
    }

    /// The status; 0 before it is known.
    private(set) var status = 0
    /// The headers by their names in lower case.
    private(set) var headers: [String: String] = [:]
    /// The body, where it is kept.
    private(set) var body: [UInt8] = []
    /// How many bytes the body has so far.
    private(set) var bodyLength = 0

    private let keepsBody: Bool
    private var place = Place.head
    private var line: [UInt8] = []

    /// - Parameter keepsBody: Whether the body is wanted, and not only its length.
    init(keepsBody: Bool) { self.keepsBody = keepsBody }

    /// Whether the answer is there as a whole.
    var isComplete: Bool {
        if case .end = place { true } else { false }
    }

    /// Takes the bytes that came next.
    mutating func read(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty, !isComplete {
            switch place {
            case .body(let left):
                let taken = take(left, of: &rest)
                place = taken == left ? .end : .body(left: left - taken)
            case .chunk(let left):
                let taken = take(left, of: &rest)
                place = taken == left ? .chunkEnd : .chunk(left: left - taken)
            case .head, .chunkSize, .chunkEnd, .end:
                try readLine(&rest)
            }
        }
    }

    private mutating func take(_ count: Int, of rest: inout ArraySlice<UInt8>) -> Int {
        let part = rest.prefix(count)
        if keepsBody { body += part }
        bodyLength += part.count
        rest = rest.dropFirst(part.count)
        return part.count
    }

    private mutating func readLine(_ rest: inout ArraySlice<UInt8>) throws {
        let part = rest.prefix { $0 != UInt8(ascii: "\n") }
        line += part
        rest = rest.dropFirst(part.count)
        guard !rest.isEmpty else { return }
        rest = rest.dropFirst()
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let text = String(decoding: line, as: UTF8.self)
        line = []
        try readLine(text)
    }

    private mutating func readLine(_ text: String) throws {
        switch place {
        case .head where text.isEmpty: try endHead()
        case .head where status == 0: status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? -1
        case .head:
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return }
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        case .chunkSize:
            guard let size = Int(text.prefix { $0 != ";" }, radix: 16) else {
                throw BenchmarkError.noAnswer("a chunk without size")
            }
            place = size > 0 ? .chunk(left: size) : .chunkEnd
            isLastChunk = size == 0
        case .chunkEnd: place = isLastChunk ? .end : .chunkSize
        case .body, .chunk, .end: break
        }
    }

    private var isLastChunk = false

    private mutating func endHead() throws {
        if let length = headers["content-length"].flatMap({ Int($0) }) {
            place = length > 0 ? .body(left: length) : .end
        } else if headers["transfer-encoding"]?.lowercased() == "chunked" {
            place = .chunkSize
        } else {
            throw BenchmarkError.noAnswer("an answer without length")
        }
    }
}
