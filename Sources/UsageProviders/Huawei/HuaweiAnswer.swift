import Synchronization
import Usage

/// An answer of Huawei's before its content is looked at.
struct HuaweiAnswer: Sendable {
    let response: ProviderResponse
    /// The error that it tells, if it tells one.
    let error: HuaweiError?

    init(_ response: ProviderResponse) {
        self.response = response
        error = HuaweiError(response.body)
    }

    /// Whether it refuses who made the call.
    ///
    /// Whatever comes with status 401 counts, also without a code that is known: a refusal that is not counted may lock a key.
    var isRefusal: Bool {
        response.status == 401 || ["0301", "0303", "0305", "0307", "0311"].contains(error?.gatewayNumber)
    }

    /// What an error says about the key: the gateway asks for rights and projects once it knows who calls, and hands on to the
    /// service what it has let through. Everything else may come from somebody who never looked at the key; limits, too, may
    /// be those of an address or of the API.
    var verdictOfError: KeyVerdict? {
        if isRefusal { return .refused }
        // The service's own word for not knowing who calls.
        guard let error, error.code != HuaweiError.unknownCaller else { return nil }
        if let number = error.gatewayNumber {
            return ["0302", "0304", "0306", "0310", "0802"].contains(number) ? .proven : nil
        }
        return ["DATA", "RTC"].contains(error.family) ? .proven : nil
    }

    /// The content.
    ///
    /// - Throws: What the answer says in its place, or that it is not what is documented.
    func content<Payload: Decodable>(
        _ type: Payload.Type,
        proof: HuaweiProof,
        now: UnixTime
    ) throws(ReadingFailure) -> Payload {
        if let error {
            let clock = response.date.flatMap(UnixTime.init(httpDate:))
            let fault = HuaweiFault(error, status: response.status, proof: proof, clockOffset: clock.map { $0 - now })
            throw ReadingFailure(fault, error, retryAfter: response.wait(now: now))
        }
        guard response.status == 200 else { throw ReadingFailure(statusOf: response, now: now, provider: "Huawei") }
        return try JSONAnswer.decode(type, from: response.body, of: "Huawei")
    }
}

/// What came back of one call, for whoever judges the key: an answer may be no use and tell that the key is right.
final class HuaweiHearing: Sendable {
    private let heard = Mutex<HuaweiAnswer?>(nil)

    /// Takes an answer apart and notes it.
    func listen(_ response: ProviderResponse) -> HuaweiAnswer {
        let answer = HuaweiAnswer(response)
        heard.withLock { $0 = answer }
        return answer
    }

    /// Whether the answer refused who made the call.
    var isRefusal: Bool { heard.withLock { $0?.isRefusal ?? false } }

    /// What is known of the key now.
    func verdict<Value>(_ result: Result<Value, ReadingFailure>) -> KeyVerdict? {
        if case .success = result { .proven } else { heard.withLock { $0?.verdictOfError } }
    }
}
