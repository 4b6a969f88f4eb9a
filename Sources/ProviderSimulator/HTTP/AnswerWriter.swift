import HTTPTypes
import Hummingbird
import NIOCore

/// What a provider says, before it is sent.
struct ProviderAnswer {
    var status = HTTPResponse.Status.ok
    /// Headers beside the content type.
    var headers: HTTPFields = [:]
    var body: JSONNode
}

/// Puts answers into HTTP, in the way that a fault wants it.
struct AnswerWriter: Sendable {
    /// How many pieces a slow answer comes in.
    static let drips = 120
    /// How many bytes an oversized answer has at least.
    static let oversize = 64_000_000

    let pause: Pause

    /// The response to a call.
    ///
    /// - Throws: ``ConnectionCut`` when there is to be none.
    func response(to decision: Decision, of request: Request) async throws -> Response {
        var response = try await undated(decision, request)
        response.headers[.date] = HTTPDate.header(decision.date)
        return response
    }

    private func undated(_ decision: Decision, _ request: Request) async throws -> Response {
        if let page = decision.page { return try await gateway(page, request) }
        let answer = decision.answer
        return switch decision.fault {
        case .oversized: Self.oversized(answer)
        case .slowDrip: sealed(answer, request) { dripping($0) }
        case .truncatedBody: sealed(answer, request) { Self.truncated($0) }
        default: sealed(answer, request)
        }
    }

    private func gateway(_ fault: SimulatedFault, _ request: Request) async throws -> Response {
        switch fault.kind {
        case .hang: try await request.hold(for: .seconds(120), pause)
        case .redirect: Response(status: .found, headers: [.location: fault.location])
        case .retryAfter: Self.page(.tooManyRequests, headers: [.retryAfter: String(fault.retryAfter)])
        case .gatewayTimeout: Self.page(.gatewayTimeout)
        default: Self.page(.serviceUnavailable)
        }
    }

    /// A JSON body, compressed when the client takes that, sent at once unless told otherwise.
    private func sealed(
        _ answer: ProviderAnswer,
        _ request: Request,
        send: ([UInt8]) -> ResponseBody = { ResponseBody(byteBuffer: ByteBuffer(bytes: $0)) }
    ) -> Response {
        let body = answer.body.text
        let compressed = Gzip.isAccepted(request.headers[.acceptEncoding]) ? Gzip.compress(body) : nil
        var headers = answer.headers
        headers[.contentType] = "application/json"
        if compressed != nil { headers[.contentEncoding] = "gzip" }
        return Response(status: answer.status, headers: headers, body: send(compressed ?? body))
    }

    /// What a gateway in front of the provider says when it is left alone.
    private static func page(_ status: HTTPResponse.Status, headers: HTTPFields = [:]) -> Response {
        let text = "<html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>\n"
        var headers = headers
        headers[.contentType] = "text/html"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension AnswerWriter {
    /// The same bytes in small pieces with a second between them.
    private func dripping(_ bytes: [UInt8]) -> ResponseBody {
        let pause = pause
        return ResponseBody(contentLength: bytes.count) { writer in
            let size = max(1, (bytes.count + Self.drips - 1) / Self.drips)
            for start in stride(from: 0, to: bytes.count, by: size) {
                try await pause(.seconds(1))
                try await writer.write(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            }
            try await writer.finish(nil)
        }
    }

    /// Half of the bytes under a Content-Length of all of them, then the end of the connection.
    private static func truncated(_ bytes: [UInt8]) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
            throw ConnectionCut()
        }
    }

    /// The right answer with a member more than anybody should hold, made while it is sent.
    private static func oversized(_ answer: ProviderAnswer) -> Response {
        let head = answer.body.text.dropLast() + Array(#","Padding":""#.utf8)
        let padding = ByteBuffer(repeating: UInt8(ascii: "x"), count: 65_536)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: head))
            for _ in 0...(oversize / padding.readableBytes) { try await writer.write(padding) }
            try await writer.write(ByteBuffer(string: "\"}"))
            try await writer.finish(nil)
        }
        var headers = answer.headers
        headers[.contentType] = "application/json"
        return Response(status: .ok, headers: headers, body: body)
    }
}
