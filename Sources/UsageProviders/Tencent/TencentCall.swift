import Foundation
import Usage

/// The parameters of one action, as its JSON body.
protocol TencentParameters: Encodable, Sendable {
    /// The value of `X-TC-Action`.
    var action: String { get }
}

/// One account at one endpoint: signs a call, sends it and opens the envelope of the answer.
struct TencentCall: Sendable {
    let region: String
    let call: AccountCall

    /// Makes a call about an app.
    ///
    /// - Parameters:
    ///   - app: The app's id, which Tencent takes as a number.
    ///   - now: The time that the request is signed with.
    ///   - parameters: What is asked about that number.
    ///   - decode: Makes of the answer's payload what is wanted; runs beside everything else, since it may take long.
    /// - Returns: The reading, or why there is none.
    func read<Payload: Decodable & SendableMetatype, Parameters: TencentParameters>(
        app: String,
        now: UnixTime,
        asking parameters: (Int) -> Parameters,
        decode: @escaping @Sendable (Payload) throws(ReadingFailure) -> Reading
    ) async -> ReadingAnswer {
        await send(app: app, now: now, asking: parameters) { response, action throws(ReadingFailure) in
            try decode(try TencentEnvelope<Payload>.payload(of: response, action: action, now: now))
        }
    }

    /// Makes a call about an app, and reads the answer with its envelope.
    ///
    /// - Parameters:
    ///   - app: The app's id, which Tencent takes as a number.
    ///   - now: The time that the request is signed with.
    ///   - parameters: What is asked about that number.
    ///   - read: Makes of the answer to the action what is wanted; runs beside everything else, since it may take long.
    /// - Returns: What was read, or why there is nothing.
    func send<Value: Sendable, Parameters: TencentParameters>(
        app: String,
        now: UnixTime,
        asking parameters: (Int) -> Parameters,
        read: @escaping @Sendable (ProviderResponse, String) throws(ReadingFailure) -> Value
    ) async -> ProviderAnswer<Value> {
        guard let id = Int(app) else {
            let failure = ReadingFailure(.rejected, "\(app) is not a number, as Tencent's app ids are.")
            return ProviderAnswer(.failure(failure), wasSent: false)
        }
        let parameters = parameters(id)
        return await call.send(
            now: now,
            request: { keys throws(ReadingFailure) in try request(parameters, keys: keys, now: now) },
            read: { response throws(ReadingFailure) in try read(response, parameters.action) }
        )
    }

    /// The request with all its headers. Source: <https://trtc.io/document/34262>.
    func request<Parameters: TencentParameters>(
        _ parameters: Parameters,
        keys: KeySet,
        now: UnixTime
    ) throws(ReadingFailure) -> ProviderRequest {
        guard let credentials = TencentCredentials(keys), let body = Self.body(parameters) else {
            throw ReadingFailure(.rejected, "The request cannot be written.", advice: "Check credentials.")
        }
        let (endpoint, contentType) = (call.endpoint, "application/json")
        let signature = TC3Signature(
            service: "trtc",
            host: endpoint.authority,
            contentType: contentType,
            body: body,
            time: now,
            credentials: credentials
        )
        var headers = [
            ("Host", endpoint.authority),
            ("Content-Type", contentType),
            ("Authorization", signature.authorization),
            ("X-TC-Action", parameters.action),
            ("X-TC-Version", "2019-07-22"),
            ("X-TC-Region", region),
            ("X-TC-Timestamp", "\(now.seconds)"),
            ("X-TC-Language", "en-US"),
        ]
        if let token = credentials.token?.reveal(), !token.isEmpty { headers.append(("X-TC-Token", token)) }
        return ProviderRequest(url: "\(endpoint)/", headers: headers.map { (name: $0, value: $1) }, body: body)
    }

    private static func body(_ parameters: some TencentParameters) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(parameters)).map(Array.init)
    }
}
