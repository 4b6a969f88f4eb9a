import Foundation
import Usage

/// The parameters of one action, as its JSON body.
protocol TencentParameters: Encodable, Sendable {
    /// The value of `X-TC-Action`.
    static var action: String { get }
}

/// One account at one endpoint: signs a call, sends it and opens the envelope of the answer.
struct TencentCall: Sendable {
    let endpoint: Endpoint
    let region: String
    let credentials: TencentCredentials
    let transport: any ProviderTransport

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - parameters: What is asked.
    ///   - now: The time that the request is signed with.
    ///   - decode: Makes of the answer's payload what is wanted; runs beside everything else, since it may take long.
    /// - Returns: The reading, or why there is none.
    func send<Payload: Decodable & SendableMetatype, Parameters: TencentParameters>(
        _ parameters: Parameters,
        now: UnixTime,
        decode: @escaping @Sendable (Payload) throws(ReadingFailure) -> Reading
    ) async -> ReadingAnswer {
        do {
            let response = try await transport.send(try request(parameters, now: now))
            let result = await AnswerDecoding.run {
                Result { () throws(ReadingFailure) in
                    try decode(try TencentEnvelope<Payload>.payload(of: response, now: now))
                }.mapError(redacted)
            }
            return ReadingAnswer(result, providerTime: response.date.flatMap(UnixTime.init(httpDate:)))
        } catch let failure as TransportFailure {
            return ReadingAnswer(.failure(redacted(ReadingFailure(failure, endpoint: endpoint))))
        } catch {
            return ReadingAnswer(.failure(ReadingFailure(.rejected, "The request cannot be written.")))
        }
    }

    /// The request with all its headers. Source: <https://trtc.io/document/34262>.
    func request<Parameters: TencentParameters>(_ parameters: Parameters, now: UnixTime) throws -> ProviderRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = Array(try encoder.encode(parameters))
        let contentType = "application/json"
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
            ("X-TC-Action", Parameters.action),
            ("X-TC-Version", "2019-07-22"),
            ("X-TC-Region", region),
            ("X-TC-Timestamp", "\(now.seconds)"),
            ("X-TC-Language", "en-US"),
        ]
        if let token = credentials.token?.reveal(), !token.isEmpty { headers.append(("X-TC-Token", token)) }
        return ProviderRequest(url: "\(endpoint)/", headers: headers.map { (name: $0, value: $1) }, body: body)
    }

    /// What the provider said goes to logs and pages: bounded, on one line, and without any part of the key.
    private func redacted(_ failure: ReadingFailure) -> ReadingFailure {
        // Redacted as a whole before it is cut: a part of a key would no longer be known as one.
        let safe = credentials.redacted(failure.explanation)
        // By scalars: one character may have any number of them.
        let start = String(safe.unicodeScalars.prefix(400))
        let line = String(start.map { $0.isNewline ? " " : $0 })
        let bounded = start.utf8.count < safe.utf8.count ? line + "..." : line
        return ReadingFailure(
            failure.reason,
            bounded,
            advice: failure.advice,
            retryAfter: failure.retryAfter,
            scope: failure.scope
        )
    }
}
