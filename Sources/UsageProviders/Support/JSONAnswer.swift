import Foundation
import Usage

/// Reads the JSON of answers.
enum JSONAnswer {
    /// Decodes a body. Bytes that are not UTF-8 and halves of characters are repaired first: one odd name must not cost the
    /// figures of all the others.
    ///
    /// - Throws: ``ReadingFailure`` with reason `malformed` and the place of what is wrong, without its value.
    static func decode<Value: Decodable>(
        _ type: Value.Type,
        from body: [UInt8],
        of provider: String
    ) throws(ReadingFailure) -> Value {
        let text = String(decoding: SurrogateEscapes.repaired(body), as: UTF8.self)
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw ReadingFailure(.malformed, "The answer is not what \(provider) documents: \(summary(of: error)).")
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
        case .dataCorrupted(let context) where !context.codingPath.isEmpty: "\(path(context)) has another form"
        default: "it is not JSON"
        }
    }
}
