import Foundation
import Usage

/// The parameters of one action, as its JSON body.
protocol VolcengineParameters: Encodable, Sendable {
    /// The value of `Action`.
    static var action: String { get }
}

/// One account at one endpoint: signs a call, sends it and opens the envelope of the answer.
struct VolcengineCall: Sendable {
    /// The newest version of all actions that are used.
    private static let version = "2023-11-01"

    let region: String
    let call: AccountCall

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - parameters: What is asked.
    ///   - now: The time that the request is signed with.
    ///   - quoting: Whether a failure may repeat the provider's words. Not so where answers hold secrets.
    ///   - decode: Makes of the answer's result what is wanted; `nil` stands for a result that is null or missing.
    /// - Returns: The content, or why there is none.
    func send<Payload: Decodable & SendableMetatype, Value: Sendable, Parameters: VolcengineParameters>(
        _ parameters: Parameters,
        now: UnixTime,
        quoting: Bool = true,
        decode: @escaping @Sendable (Payload?) throws(ReadingFailure) -> Value
    ) async -> ProviderAnswer<Value> {
        await call.send(
            now: now,
            request: { keys throws(ReadingFailure) in try request(parameters, keys: keys, now: now) },
            read: { response throws(ReadingFailure) in
                let opened = VolcengineEnvelope<Payload>.Opening(action: Parameters.action, now: now, quoting: quoting)
                return try decode(try VolcengineEnvelope<Payload>.result(of: response, opened))
            }
        )
    }

    /// The request with all its headers. Source: <https://www.volcengine.com/docs/6348/69828>.
    func request<Parameters: VolcengineParameters>(
        _ parameters: Parameters,
        keys: KeySet,
        now: UnixTime
    ) throws(ReadingFailure) -> ProviderRequest {
        guard let credentials = VolcengineCredentials(keys), let body = Self.body(parameters) else {
            throw ReadingFailure(.rejected, "The request cannot be written.", advice: "Check credentials.")
        }
        let signature = VolcengineSignature(
            VolcengineSignature.Request(
                method: .post,
                query: [(name: "Action", value: Parameters.action), (name: "Version", value: Self.version)],
                host: call.endpoint.authority,
                contentType: "application/json",
                body: body,
                time: now,
                region: region
            ),
            credentials: credentials
        )
        return ProviderRequest(url: "\(call.endpoint)/?\(signature.query)", headers: signature.headers, body: body)
    }

    private static func body(_ parameters: some VolcengineParameters) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(parameters)).map(Array.init)
    }
}
