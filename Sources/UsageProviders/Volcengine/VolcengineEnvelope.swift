import Foundation
import Usage

/// The object that wraps each answer of Volcengine's API. An error may come with HTTP status 200.
///
/// Source: <https://www.volcengine.com/docs/6348/1178322>. The version in it is not that of the call, so it is not looked at;
/// nor is the number beside an error's code, which some answers lack, unless the code is missing.
struct VolcengineEnvelope<Payload: Decodable>: Decodable {
    /// With what an answer is taken apart.
    struct Opening {
        let action: String
        let now: UnixTime
        /// Whether a failure may repeat the provider's words.
        let quoting: Bool
    }

    /// Either of the two; the result may be null or missing where there is nothing to tell.
    enum Content {
        case result(Payload?)
        case failure(Failure)
    }

    /// What the metadata of an error answer holds.
    struct Failure: Decodable {
        let code: String?
        let message: String?
        /// The gateway's number for it, as far as it is one.
        private let number: Int?

        enum CodingKeys: String, CodingKey {
            case code = "Code"
            case message = "Message"
            case number = "CodeN"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            code = try container.decodeIfPresent(String.self, forKey: .code)
            message = try container.decodeIfPresent(String.self, forKey: .message)
            number = try? container.decode(Int.self, forKey: .number)
        }

        /// Whether it tells of no error: an answer is a success only then.
        var isEmpty: Bool { code ?? "" == "" && message ?? "" == "" && number ?? 0 == 0 }
    }

    private struct Metadata: Decodable {
        let error: Failure?

        enum CodingKeys: String, CodingKey {
            case error = "Error"
        }
    }

    let content: Content

    enum CodingKeys: String, CodingKey {
        case metadata = "ResponseMetadata"
        case result = "Result"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let metadata = try container.decode(Metadata.self, forKey: .metadata)
        if let failure = metadata.error, !failure.isEmpty {
            content = .failure(failure)
        } else {
            content = .result(try container.decodeIfPresent(Payload.self, forKey: .result))
        }
    }

    /// Takes an answer apart.
    static func result(of response: ProviderResponse, _ opening: Opening) throws(ReadingFailure) -> Payload? {
        let content: Content
        do throws(ReadingFailure) {
            content = try JSONAnswer.decode(VolcengineEnvelope.self, from: response.body, of: "Volcengine").content
        } catch {
            guard response.status == 200 else { throw status(of: response, now: opening.now) }
            throw error
        }
        switch content {
        case .failure(let failure):
            throw ReadingFailure(
                VolcengineRefusal(
                    code: failure.code ?? "",
                    message: opening.quoting ? failure.message ?? "" : nil,
                    action: opening.action,
                    response: response
                ),
                now: opening.now
            )
        case .result(let result):
            guard response.status == 200 else { throw status(of: response, now: opening.now) }
            return result
        }
    }

    private static func status(of response: ProviderResponse, now: UnixTime) -> ReadingFailure {
        ReadingFailure(statusOf: response, now: now, provider: "Volcengine")
    }
}
