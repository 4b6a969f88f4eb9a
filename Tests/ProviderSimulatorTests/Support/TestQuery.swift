import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

@testable import ProviderSimulator

/// A call to DescribeTrtcRoomUsage: a good one, unless a test changes something.
///
/// Signed with the simulator's own signature, which the vectors of the provider's SDK prove.
struct TestQuery: Sendable {
    var account = World.account
    var app = "1400000001"
    var start = "\(World.today) 00:00"
    var end = "2026-03-05 00:00"
    /// The body instead of the one made of the above.
    var body: String?
    var host = "localhost"
    var path = "/"
    /// Unix seconds.
    var timestamp: Int
    /// The date in the credential scope instead of the timestamp's.
    var date: String?
    var service = "trtc"
    var signedHeaders = ["content-type", "host"]
    var headers: HTTPFields = [.contentType: "application/json"]
    /// Changes made after signing.
    var tamper: @Sendable (inout HTTPFields, inout String) -> Void = { _, _ in }

    init(now: Int) {
        timestamp = now / 1_000
        headers["X-TC-Action"] = "DescribeTrtcRoomUsage"
        headers["X-TC-Version"] = "2019-07-22"
        headers["X-TC-Region"] = "ap-guangzhou"
    }

    /// This query with a change.
    func with(_ change: (inout TestQuery) -> Void) -> TestQuery {
        var query = self
        change(&query)
        return query
    }

    /// What is sent: headers and body.
    func signed() -> (headers: HTTPFields, body: String) {
        var headers = headers
        var body = body ?? #"{"SdkAppid": \#(app), "StartTime": "\#(start)", "EndTime": "\#(end)"}"#
        headers["X-TC-Timestamp"] = String(timestamp)
        headers["X-TC-Token"] = account.token
        let day = date ?? CivilDate(dayNumber: timestamp / 86_400).description
        let credential = "\(account.secretID)/\(day)/\(service)/tc3_request"
        let list = signedHeaders.joined(separator: ";")
        let unsigned = "TC3-HMAC-SHA256 Credential=\(credential), SignedHeaders=\(list), Signature="
        let head = HTTPRequest(method: .post, scheme: nil, authority: host, path: path, headerFields: headers)
        if let authorization = TC3Authorization(unsigned) {
            let signature = TC3Signature.expected(
                for: ReceivedCall(head: head, body: Array(body.utf8)),
                authorization,
                secretKey: account.secretKey,
                timestamp: String(timestamp)
            )
            headers[.authorization] = unsigned + (signature ?? "none")
        }
        tamper(&headers, &body)
        return (headers, body)
    }

    /// Sends the query through the routes.
    func send(_ client: any TestClientProtocol) async throws -> TencentReply {
        let (headers, body) = signed()
        return try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)) {
            TencentReply(status: $0.status, headers: $0.headers, body: Array($0.body.readableBytesView))
        }
    }

    /// Sends the query over a connection.
    func send(_ client: TestClient) async throws -> TencentReply {
        let response = try await client.execute(request)
        return TencentReply(
            status: response.status,
            headers: response.headers,
            body: response.body.map { Array($0.readableBytesView) } ?? []
        )
    }

    var request: TestClient.Request {
        let (headers, body) = signed()
        return TestClient.Request(
            path,
            method: .post,
            authority: host,
            headers: headers,
            body: ByteBuffer(string: body)
        )
    }
}

/// An answer, and what it says as far as it is the provider's JSON.
struct TencentReply: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: [UInt8]

    private struct Envelope: Decodable {
        struct Response: Decodable {
            let data: String?
            let error: Refusal?
            let requestID: String

            enum CodingKeys: String, CodingKey {
                case data = "Data"
                case error = "Error"
                case requestID = "RequestId"
            }
        }

        struct Refusal: Decodable {
            let code: String
            let message: String

            enum CodingKeys: String, CodingKey {
                case code = "Code"
                case message = "Message"
            }
        }

        let response: Response

        enum CodingKeys: String, CodingKey {
            case response = "Response"
        }
    }

    private var envelope: Envelope? { try? JSONDecoder().decode(Envelope.self, from: Data(body)) }

    var code: String? { envelope?.response.error?.code }
    var message: String? { envelope?.response.error?.message }
    var data: String? { envelope?.response.data }
    var requestID: String? { envelope?.response.requestID }
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The rows of documented data by room; repeated ones are added up.
    var rooms: [String: TierSeconds] {
        let lines = (data ?? "").split(separator: "\n").dropFirst()
        return lines.reduce(into: [:]) { rooms, line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            let figures = fields.suffix(6).compactMap { Int($0) }
            guard figures.count == 6 else { return }
            rooms[fields.dropLast(6).joined(separator: ","), default: .zero] += TierSeconds(
                audio: figures[0],
                sd: figures[1],
                hd: figures[2],
                fhd: figures[3],
                twoK: figures[4],
                fourK: figures[5]
            )
        }
    }
}

extension HTTPFields {
    /// The value of a header that has no constant.
    subscript(name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set {
            guard let name = HTTPField.Name(name) else { return }
            self[name] = newValue
        }
    }
}
