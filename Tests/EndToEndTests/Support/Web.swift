import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Plain HTTP to the programs under observation.
enum Web {
    /// An answer.
    struct Answer: Sendable {
        let status: UInt
        let body: String
        let contentType: String
    }

    static func get(_ url: String, headers: [(String, String)] = []) async throws -> Answer {
        try await send(url, method: "GET", body: nil, headers: headers)
    }

    static func post(_ url: String, _ body: String) async throws -> Answer {
        try await send(url, method: "POST", body: body, headers: [])
    }

    static func send(_ method: String, _ url: String, body: String? = nil) async throws -> Answer {
        try await send(url, method: method, body: body, headers: [])
    }

    static func json<Value: Decodable>(_ type: Value.Type, _ url: String) async throws -> Value {
        try JSONDecoder().decode(type, from: Data(try await get(url).body.utf8))
    }

    private static func send(
        _ url: String,
        method: String,
        body: String?,
        headers: [(String, String)]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .init(rawValue: method)
        for header in headers { request.headers.add(name: header.0, value: header.1) }
        if let body { request.body = .bytes(Array(body.utf8)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 64 * 1_048_576)
        return Answer(
            status: response.status.code,
            body: String(decoding: bytes.readableBytesView, as: UTF8.self),
            contentType: response.headers.first(name: "Content-Type") ?? ""
        )
    }
}
