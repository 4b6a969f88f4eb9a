import Foundation
import Usage

/// The object that wraps each answer of Tencent's API 3.0. HTTP status is 200 for errors too.
///
/// Source: <https://cloud.tencent.com/document/api/271/2056>.
struct TencentEnvelope<Payload: Decodable>: Decodable {
    /// What an error answer holds in place of the payload.
    struct Failure: Decodable {
        let code: String
        let message: String?

        enum CodingKeys: String, CodingKey {
            case code = "Code"
            case message = "Message"
        }
    }

    /// Either of the two.
    enum Content: Decodable {
        case payload(Payload)
        case failure(Failure)

        enum CodingKeys: String, CodingKey {
            case error = "Error"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            if let failure = try container.decodeIfPresent(Failure.self, forKey: .error) {
                self = .failure(failure)
            } else {
                self = .payload(try Payload(from: decoder))
            }
        }
    }

    let response: Content

    enum CodingKeys: String, CodingKey {
        case response = "Response"
    }

    /// Takes an answer apart.
    ///
    /// Bytes that are not UTF-8 are repaired first: one odd room id must not cost the figures of all the others.
    static func payload(of response: ProviderResponse, now: UnixTime) throws(ReadingFailure) -> Payload {
        let text = Data(String(decoding: response.body, as: UTF8.self).utf8)
        let content: Content
        do {
            content = try JSONDecoder().decode(TencentEnvelope.self, from: text).response
        } catch {
            throw notAnEnvelope(response, cause: error, now: now)
        }
        switch content {
        case .failure(let failure):
            let wait = response.wait(now: now)
            throw ReadingFailure(tencentCode: failure.code, message: failure.message ?? "", retryAfter: wait)
        case .payload(let payload):
            guard response.status == 200 else { throw gatewayFailure(response, now: now) }
            return payload
        }
    }

    private static func notAnEnvelope(_ response: ProviderResponse, cause: any Error, now: UnixTime) -> ReadingFailure {
        guard response.status == 200 else { return gatewayFailure(response, now: now) }
        return ReadingFailure(.malformed, "The answer is not what Tencent documents: \(Self.summary(of: cause)).")
    }

    /// An answer that a proxy or gateway gave in the API's place.
    private static func gatewayFailure(_ response: ProviderResponse, now: UnixTime) -> ReadingFailure {
        let explanation = "The endpoint answered with HTTP status \(response.status) and no result."
        let wait = response.wait(now: now)
        return switch response.status {
        case 429: ReadingFailure(.throttled, explanation, retryAfter: wait)
        case 401, 403, 407:
            ReadingFailure(.unauthorized, explanation, advice: "Check endpoint and any proxy on the way.")
        case 300..<400:
            ReadingFailure(
                .rejected,
                explanation,
                advice: "Redirects are not followed: set endpoint to the API's own address."
            )
        case 408, 425, 500...: ReadingFailure(.unavailable, explanation, retryAfter: wait)
        default: ReadingFailure(.rejected, explanation, advice: "Check endpoint: this is not Tencent's API.")
        }
    }

    private static func summary(of error: any Error) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        return switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            "\((context.codingPath + [key]).map(\.stringValue).joined(separator: ".")) is missing"
        case .valueNotFound(_, let context): "\(path(context)) is null"
        case .typeMismatch(_, let context): "\(path(context)) has another type"
        default: "it is not JSON"
        }
    }
}
