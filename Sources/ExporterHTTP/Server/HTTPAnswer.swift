import NIOCore
import NIOHTTP1

/// What is sent for one request, whole.
struct HTTPAnswer: Sendable {
    let status: HTTPResponseStatus
    let headers: HTTPHeaders
    /// In order, shared with whoever has these bytes and not copied.
    let body: [ByteBuffer]

    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - headers: All of them but those of the connection and the length.
    ///   - body: What is sent, in order.
    ///   - count: Its length in bytes.
    init(_ status: HTTPResponseStatus, headers: HTTPHeaders, body: [ByteBuffer], count: Int) {
        self.status = status
        self.body = body
        var headers = headers
        headers.add(name: "Content-Length", value: "\(count)")
        self.headers = headers
    }

    /// An answer in one piece.
    init(_ status: HTTPResponseStatus, headers: HTTPHeaders, body: ByteBuffer) {
        self.init(status, headers: headers, body: [body], count: body.readableBytes)
    }

    /// A sentence or two for a person.
    static func text(_ status: HTTPResponseStatus, _ text: String, _ more: [(String, String)] = []) -> HTTPAnswer {
        HTTPAnswer(status, headers: fields("text/plain; charset=utf-8", more), body: ByteBuffer(string: text))
    }

    /// The headers of an answer of some type, with those that all answers have.
    static func fields(_ contentType: String, _ more: [(String, String)] = []) -> HTTPHeaders {
        HTTPHeaders([("Content-Type", contentType)] + more + SecurityHeaders.all)
    }
}

/// What does not depend on anything is made once.
extension HTTPAnswer {
    static let healthy = text(.ok, "rtc-exporter is healthy.\n")
    static let ready = text(.ok, "rtc-exporter is ready.\n")
    static let loading = text(.serviceUnavailable, "The ledger is being loaded.\n")
    static let unknownPath = text(.notFound, "There is no such page.\n")
    static let onlyReading = text(
        .methodNotAllowed,
        "Only GET and HEAD requests are allowed.\n",
        [("Allow", "GET, HEAD")]
    )
    static let onlyReload = text(
        .methodNotAllowed,
        "Only POST or PUT requests are allowed.\n",
        [("Allow", "POST, PUT")]
    )
    static let noLifecycle = text(.forbidden, "Lifecycle API is not enabled.\n")
    static let unauthenticated = text(
        .unauthorized,
        "Unauthorized\n",
        [("WWW-Authenticate", "Basic")]
    )
    static let tooMany = text(.tooManyRequests, "Too many requests: try again in a moment.\n")
    static let busy = text(
        .serviceUnavailable,
        "Too many pages are being made: try again in a moment.\n",
        [("Cache-Control", "no-store")]
    )
    static let malformed = text(.badRequest, "The request is malformed.\n")
    static let targetTooLong = text(.uriTooLong, "The URL is too long.\n")
    static let headTooLarge = text(.requestHeaderFieldsTooLarge, "The headers are too large.\n")
    static let bodyTooLarge = text(.payloadTooLarge, "The body is too large: none is needed.\n")
}
