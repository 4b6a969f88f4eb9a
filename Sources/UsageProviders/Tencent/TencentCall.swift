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

    /// What came of a call.
    struct Answer<Payload> {
        let result: Result<Payload, ReadingFailure>
        let providerTime: UnixTime?
    }

    func send<Payload: Decodable, Parameters: TencentParameters>(
        _ parameters: Parameters,
        answering: Payload.Type,
        now: UnixTime
    ) async -> Answer<Payload> {
        do {
            let response = try await transport.send(try request(parameters, now: now))
            let result = Result { () throws(ReadingFailure) in
                try TencentEnvelope<Payload>.payload(of: response, now: now)
            }
            return Answer(
                result: result.mapError { redacted($0) },
                providerTime: response.date.flatMap(UnixTime.init(httpDate:))
            )
        } catch let failure as TransportFailure {
            return Answer(result: .failure(redacted(ReadingFailure(failure, endpoint: endpoint))), providerTime: nil)
        } catch {
            return Answer(
                result: .failure(ReadingFailure(.rejected, "The request cannot be written.")),
                providerTime: nil
            )
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
        // By scalars: one character may have any number of them. Cut far behind the bound first, so that no part of a
        // key can be left before it.
        let start = String(failure.explanation.unicodeScalars.prefix(4096))
        let line = String(credentials.redacted(start).map { $0.isNewline ? " " : $0 })
        let bounded = line.unicodeScalars.count > 400 ? String(line.unicodeScalars.prefix(400)) + "..." : line
        return ReadingFailure(
            failure.reason,
            bounded,
            advice: failure.advice,
            retryAfter: failure.retryAfter,
            scope: failure.scope
        )
    }
}
