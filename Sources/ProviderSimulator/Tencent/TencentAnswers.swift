import HTTPTypes
import Hummingbird
import NIOCore

/// Puts verdicts into HTTP answers.
struct TencentAnswers: Sendable {
    /// How many pieces a slow answer comes in.
    static let drips = 120
    /// How many bytes an oversized answer has at least.
    static let oversize = 64_000_000

    let truth: UsageTruth
    let pause: Pause

    /// The answer to a call.
    ///
    /// - Throws: ``ConnectionCut`` when there is to be none.
    func response(to verdict: TencentGate.Verdict, of request: Request, requestID: String) async throws -> Response {
        var response = try await undated(verdict, request, requestID: requestID)
        response.headers[.date] = HTTPDate.header(verdict.date)
        return response
    }

    private func undated(
        _ verdict: TencentGate.Verdict,
        _ request: Request,
        requestID: String
    ) async throws -> Response {
        if let fault = verdict.fault, fault.kind.stage == .gateway, !TencentFaults.isRefusal(fault.kind) {
            return try await gateway(fault, request)
        }
        switch verdict.result {
        case .failure(let error):
            return sealed(TencentEnvelope.error(error, requestID: requestID), request)
        case .success(let query):
            let rows = truth.rows(app: query.app, from: query.from, to: query.to, now: verdict.now)
            return answer(verdict.fault?.kind, rows, request, requestID: requestID)
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

    private func answer(_ fault: FaultKind?, _ rows: [RoomUsage], _ request: Request, requestID: String) -> Response {
        let body = TencentFaults.body(fault, rows, requestID: requestID)
        return switch fault {
        case .oversized: Self.oversized(requestID: requestID)
        case .slowDrip: sealed(body, request) { dripping($0) }
        case .truncatedBody: sealed(body, request) { Self.truncated($0) }
        default: sealed(body, request)
        }
    }

    /// A JSON body, compressed when the client takes that, sent at once unless told otherwise.
    private func sealed(
        _ body: [UInt8],
        _ request: Request,
        send: ([UInt8]) -> ResponseBody = { ResponseBody(byteBuffer: ByteBuffer(bytes: $0)) }
    ) -> Response {
        let compressed = Gzip.isAccepted(request.headers[.acceptEncoding]) ? Gzip.compress(body) : nil
        var headers: HTTPFields = [.contentType: "application/json"]
        if compressed != nil { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: send(compressed ?? body))
    }

    /// What a gateway in front of the provider says when it is left alone.
    private static func page(_ status: HTTPResponse.Status, headers: HTTPFields = [:]) -> Response {
        let text = "<html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>\n"
        var headers = headers
        headers[.contentType] = "text/html"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension TencentAnswers {
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

    /// A well-formed answer of more bytes than anybody should hold, made while it is sent.
    private static func oversized(requestID: String) -> Response {
        let head = Array(#"{"Response":{"Data":"\#(RoomUsageCSV.header)\n"#.utf8)
        let tail = Array(#"","RequestId":"\#(requestID)"}}"#.utf8)
        let rows = (0..<2_000).flatMap { Array(#"oversized_\#($0),1,2,3,4,5,6\n"#.utf8) }
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: head))
            let chunk = ByteBuffer(bytes: rows)
            for _ in 0...(oversize / rows.count) { try await writer.write(chunk) }
            try await writer.write(ByteBuffer(bytes: tail))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }
}
