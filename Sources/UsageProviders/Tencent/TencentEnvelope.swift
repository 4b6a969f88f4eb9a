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
    static func payload(
        of response: ProviderResponse,
        action: String,
        now: UnixTime
    ) throws(ReadingFailure) -> Payload {
        let content: Content
        do throws(ReadingFailure) {
            content = try JSONAnswer.decode(TencentEnvelope.self, from: response.body, of: "Tencent").response
        } catch {
            guard response.status == 200 else { throw status(of: response, now: now) }
            throw error
        }
        switch content {
        case .failure(let failure):
            throw ReadingFailure(
                tencentCode: failure.code,
                message: failure.message ?? "",
                action: action,
                retryAfter: response.wait(now: now)
            )
        case .payload(let payload):
            guard response.status == 200 else { throw status(of: response, now: now) }
            return payload
        }
    }

    private static func status(of response: ProviderResponse, now: UnixTime) -> ReadingFailure {
        ReadingFailure(statusOf: response, now: now, provider: "Tencent")
    }
}
