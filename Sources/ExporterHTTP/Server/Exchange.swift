import NIOCore
import NIOHTTP1

/// A request that is being received: its head, and how much came behind it.
struct IncomingRequest {
    /// What comes behind a head is read and thrown away, but not any amount of it.
    private static let mostBytes = 1 << 16

    let head: HTTPRequestHead
    private(set) var count = 0
    /// Whether the client waits for a word before it sends the rest.
    var waits: Bool

    init(_ head: HTTPRequestHead) {
        self.head = head
        waits = head.version != .http1_0 && head.headers.first(name: "expect")?.lowercased() == "100-continue"
        if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > Self.mostBytes {
            count = length
        }
    }

    var isTooLarge: Bool { count > Self.mostBytes }

    mutating func add(_ more: Int) {
        count += more
        waits = false
    }
}

/// What waits to be answered.
enum Arrival {
    case request(HTTPRequestHead)
    /// What came is no request: this is the last answer.
    case refusal(HTTPAnswer)
}

/// A request and its answer.
struct Exchange {
    /// Different for each one of a connection.
    let number: Int
    /// `nil` for what is no request.
    let head: HTTPRequestHead?
    let start: NIODeadline
    var handler = "other"
    var place: ScrapeGate.Place?
    var patience: Patience
    /// The HTTP status of the answer, once there is one.
    var code: Int?
    /// When the client went away before there was an answer.
    var left: NIODeadline?
    var ending = Ending.goOn

    /// What becomes of the connection after the answer.
    enum Ending {
        case goOn
        case close
        /// The client may still be sending: if the socket were closed on that, it might never read its answer.
        case linger
    }

    init(_ number: Int, _ head: HTTPRequestHead?, at start: NIODeadline) {
        self.number = number
        self.head = head
        self.start = start
        patience = Patience(since: start, wanted: nil)
    }

    var isHead: Bool { head?.method == .HEAD }
}
