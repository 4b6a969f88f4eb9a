import Foundation
import Testing
import Usage

@testable import UsageProviders

/// A request signed by the official Python SDK, with all that was signed on the way.
struct TC3Vector: Decodable, Sendable, CustomTestStringConvertible {
    struct Input: Decodable, Sendable {
        let secretId: String
        let secretKey: String
        let token: String?
        let region: String
        let host: String
        let service: String
        let action: String
        let version: String
        let timestamp: Int
        let method: String
        let uri: String
        let queryString: String
        let contentType: String
        let payloadBase64: String
        let payloadLength: Int
    }

    struct Expected: Decodable, Sendable {
        let signedHeaders: String
        let stringToSign: String
        let authorization: String
    }

    let name: String
    let input: Input
    let expected: Expected
    let requestHeaders: [String: String]

    var testDescription: String { name }

    static func all() throws -> [TC3Vector] {
        struct File: Decodable {
            let vectors: [TC3Vector]
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(File.self, from: Fixture.data("Tencent/tencent-tc3.json")).vectors
    }

    /// The exact body.
    func body() throws -> [UInt8] {
        Array(try #require(Data(base64Encoded: input.payloadBase64)))
    }

    var credentials: TencentCredentials {
        TencentCredentials(
            secretID: Secret(input.secretId),
            secretKey: Secret(input.secretKey),
            token: input.token.map { Secret($0) }
        )
    }
}
