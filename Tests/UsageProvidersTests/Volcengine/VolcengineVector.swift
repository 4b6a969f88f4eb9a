import Foundation
import Testing
import Usage

@testable import UsageProviders

/// A request signed by the official Python SDK, with all that was signed on the way.
struct VolcengineVector: Decodable, Sendable, CustomTestStringConvertible {
    struct Input: Decodable, Sendable {
        let method: String
        let host: String
        let path: String
        let query: [[String]]
        let contentType: String?
        let headers: [String: String]
        let body: String
        let xDate: String
        let region: String
        let service: String
        let accessKey: String
        let secretKey: String
        let sessionToken: String?
    }

    struct Expected: Decodable, Sendable {
        let canonicalQuery: String
        let payloadSha256: String
        let canonicalRequest: String
        let stringToSign: String
        let signingKeyHex: String?
        let authorization: String
    }

    let id: String
    let input: Input
    let expected: Expected

    var testDescription: String { id }

    static func all() throws -> [VolcengineVector] {
        struct File: Decodable {
            let vectors: [VolcengineVector]
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(File.self, from: Fixture.data("Volcengine/volcengine-hmac.json")).vectors
    }

    var credentials: VolcengineCredentials {
        VolcengineCredentials(
            accessKey: Secret(input.accessKey),
            secretKey: Secret(input.secretKey),
            token: input.sessionToken.map { Secret($0) }
        )
    }

    /// When it was signed.
    func time() throws -> UnixTime {
        let date = input.xDate.replacing("T", with: "").prefix(14).map(String.init)
        func part(_ range: Range<Int>) -> String { date[range].joined() }
        let day = [part(0..<4), part(4..<6), part(6..<8)].joined(separator: "-")
        let clock = [part(8..<10), part(10..<12), part(12..<14)].joined(separator: ":")
        return try #require(UnixTime(rfc3339: "\(day)T\(clock)Z"))
    }

    func request() throws -> VolcengineSignature.Request {
        VolcengineSignature.Request(
            method: try #require(ProviderRequest.Method(rawValue: input.method)),
            query: input.query.map { (name: $0[0], value: $0[1]) },
            host: input.host,
            contentType: input.contentType,
            body: Array(input.body.utf8),
            time: try time(),
            region: input.region,
            service: input.service
        )
    }
}
