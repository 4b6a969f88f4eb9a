import Foundation
import HTTPTypes
import Testing

@testable import ProviderSimulator

/// A request that a provider's own Python SDK signed with made-up credentials.
struct SignedVector: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let host: String
    /// Path and query as they go over the wire.
    let target: String
    /// Every header but Host.
    let headers: [String: String]
    let body: String
    let key: String
    let secretKey: String
    let token: String?
    /// What is signed about the request.
    let canonicalRequest: String
    let authorization: String

    var testDescription: String { name }

    /// The account that signed the request.
    func account(of provider: SimulatedProvider) -> SimulatedAccount {
        SimulatedAccount(provider: provider, secretID: key, secretKey: secretKey, token: token, apps: [])
    }

    /// The request as received, with a change.
    func call(_ tampering: Tampering? = nil) throws -> ReceivedCall {
        var call = WireCall(
            method: try #require(HTTPRequest.Method(rawValue: method)),
            target: target,
            headers: [.authorization: authorization],
            body: body
        )
        for (name, value) in headers { call.headers[name] = value }
        var host = host
        switch tampering {
        case nil: break
        case .body: call.body += " "
        case .host: host = "example.com"
        case .path: call.target = "/more" + target
        case .query: call.target += target.contains("?") ? "&more=1" : "?more=1"
        case .method: call.method = .put
        case .header(let name, let value):
            try #require(call.headers[name] != nil && call.headers[name] != value)
            call.headers[name] = value
        case .authorization(let text, let other):
            try #require(authorization.contains(text))
            call.headers[.authorization] = authorization.replacing(text, with: other)
        }
        let head = HTTPRequest(
            method: call.method,
            scheme: nil,
            authority: host,
            path: call.target,
            headerFields: call.headers
        )
        return ReceivedCall(head: head, body: Array(call.body.utf8))
    }
}

/// One change to a signed request.
enum Tampering: Sendable {
    case body, host, path, query, method
    /// Another value of a header that was sent.
    case header(String, String)
    /// Another text in place of one in the Authorization header.
    case authorization(String, with: String)

    /// The changes that every method of signing has to notice.
    static let everywhere: [Tampering] = [.body, .host, .path, .query, .method]
}

/// A file of vectors, as JSON with names in snake case.
struct VectorFile<Vector: Decodable>: Decodable {
    private let vectors: [Vector]

    static func vectors(in file: String, from source: String = #filePath) throws -> [Vector] {
        let tests = URL(filePath: source).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: tests.appending(path: "Fixtures").appending(path: file))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let vectors = try decoder.decode(Self.self, from: data).vectors
        try #require(!vectors.isEmpty)
        return vectors
    }
}

/// What all files say about the answer that is expected.
struct ExpectedSignature: Decodable {
    let canonicalRequest: String
    let authorization: String
    /// Path and query as they go over the wire, where the file has them.
    let requestTarget: String?
}
