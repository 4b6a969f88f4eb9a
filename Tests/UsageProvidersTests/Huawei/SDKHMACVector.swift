import Foundation
import Testing
import Usage

@testable import UsageProviders

/// A request signed by the official Python SDK, with all that was signed on the way.
struct SDKHMACVector: Decodable, Sendable, CustomTestStringConvertible {
    struct Input: Decodable, Sendable {
        let method: String
        let host: String
        let path: String
        let query: [[String]]
        let headers: [String: String]
        let xProjectId: String?
        let securityToken: String?
        let body: String
        let xSdkDate: String
        let accessKey: String
        let secretKey: String

        enum CodingKeys: String, CodingKey {
            case method, host, path, query, headers, body
            case xProjectId = "x_project_id"
            case securityToken = "security_token"
            case xSdkDate = "x_sdk_date"
            case accessKey = "access_key"
            case secretKey = "secret_key"
        }
    }

    struct Expected: Decodable, Sendable {
        let canonicalRequest: String
        let stringToSign: String
        let authorization: String
        let requestTarget: String

        enum CodingKeys: String, CodingKey {
            case authorization
            case canonicalRequest = "canonical_request"
            case stringToSign = "string_to_sign"
            case requestTarget = "request_target"
        }
    }

    let id: String
    let input: Input
    let expected: Expected

    var testDescription: String { id }

    static func all() throws -> [SDKHMACVector] {
        struct File: Decodable {
            let vectors: [SDKHMACVector]
        }
        return try JSONDecoder().decode(File.self, from: Fixture.data("Huawei/huawei-sdk-hmac.json")).vectors
    }

    static func named(_ id: String) throws -> SDKHMACVector {
        try #require(try all().first { $0.id == id })
    }

    var key: HuaweiKey {
        HuaweiKey(
            accessKey: Secret(input.accessKey),
            secretKey: Secret(input.secretKey),
            securityToken: input.securityToken.map { Secret($0) }
        )
    }

    /// The time of signing, `20200427T013000Z`.
    func time() throws -> UnixTime {
        let text = Array(input.xSdkDate)
        func number(_ range: Range<Int>) throws -> Int { try #require(Int(String(text[range]))) }
        let day = try #require(
            UsageDay(year: try number(0..<4), month: try number(4..<6), day: try number(6..<8), zone: .utc)
        )
        let seconds = try number(9..<11) * 3600 + number(11..<13) * 60 + number(13..<15)
        return day.start + .seconds(seconds)
    }

    func request() throws -> SDKHMACSignature.Request {
        var headers = [(name: "Host", value: input.host)]
        headers += input.headers.map { (name: $0.key, value: $0.value) }
        if let project = input.xProjectId { headers.append((name: "X-Project-Id", value: project)) }
        return SDKHMACSignature.Request(
            method: try #require(ProviderRequest.Method(rawValue: input.method)),
            path: input.path,
            query: input.query.map { (name: $0[0], value: $0[1]) },
            headers: headers,
            body: Array(input.body.utf8),
            time: try time()
        )
    }
}
