import Usage

/// The way in which every call of an account is made: with the newest keys, decoded beside the threads that serve scrapes,
/// and with every secret kept out of what is told.
struct AccountCall: Sendable {
    /// Clocks may differ by this much before that explains a refusal.
    private static let clockTolerance = Duration.seconds(60)

    let endpoint: Endpoint
    let keys: AccountKeys
    let transport: any ProviderTransport

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - chosen: The keys to use, where something had to be made of them before; the newest unless given.
    ///   - secrets: What besides the keys must not be told.
    ///   - now: The time that the request is signed with.
    ///   - request: Writes the request with the keys of this call.
    ///   - read: Makes of the answer what is wanted; it may take long.
    /// - Returns: The content, or why there is none, in words without secrets.
    func send<Value: Sendable>(
        with chosen: KeySet? = nil,
        hiding secrets: [Secret] = [],
        now: UnixTime,
        request: (KeySet) throws(ReadingFailure) -> ProviderRequest,
        read: @escaping @Sendable (ProviderResponse) throws(ReadingFailure) -> Value
    ) async -> ProviderAnswer<Value> {
        let keys = chosen ?? self.keys.next
        let outgoing: ProviderRequest
        do throws(ReadingFailure) {
            outgoing = try request(keys)
        } catch {
            return ProviderAnswer(.failure(error), wasSent: false)
        }
        do throws(TransportFailure) {
            let response = try await transport.send(outgoing)
            let time = response.date.flatMap(UnixTime.init(httpDate:))
            let result = await AnswerDecoding.run {
                Result { () throws(ReadingFailure) in try read(response) }.mapError {
                    $0.told(without: keys, and: secrets).mended(byClock: time, signedAt: now)
                }
            }
            return ProviderAnswer(self.keys.note(result, of: keys), providerTime: time)
        } catch {
            let failure = ReadingFailure(error, endpoint: endpoint)
            return ProviderAnswer(.failure(failure.told(without: keys, and: secrets)))
        }
    }

    /// Whether a request was signed by a clock that the provider has told to be wrong: the next one will be signed by the
    /// provider's own.
    fileprivate static func explains(_ time: UnixTime?, signedAt now: UnixTime) -> Bool {
        guard let time else { return false }
        return time - now > clockTolerance || now - time > clockTolerance
    }
}

extension ReadingFailure {
    /// What the provider said goes to logs and pages: bounded, on one line, and without any part of the keys.
    func told(without keys: KeySet, and more: [Secret] = []) -> ReadingFailure {
        // Redacted as a whole before it is cut: a part of a key would no longer be known as one.
        let safe = keys.redacted(explanation, and: more)
        // By scalars: one character may have any number of them.
        let start = String(safe.unicodeScalars.prefix(400))
        let line = String(start.map { $0.isNewline ? " " : $0 })
        return with(explanation: start.utf8.count < safe.utf8.count ? line + "..." : line)
    }

    fileprivate func mended(byClock time: UnixTime?, signedAt now: UnixTime) -> ReadingFailure {
        cause == .clockOff && AccountCall.explains(time, signedAt: now) ? with(isMended: true) : self
    }
}
