import Usage

/// One account at one endpoint: says who calls, by signature or by token, sends the call and takes the answer apart.
struct HuaweiCall: Sendable {
    /// A request to the service, before it says who makes it.
    struct Request: Sendable {
        /// The segments of the path, not encoded.
        let path: [String]
        /// Names and values, not encoded.
        let query: [(name: String, value: String)]
    }

    private static let refusedKey = SignatureGuard.Words(
        refused: "Huawei refused this access key twice in a row, and locks a key that goes on",
        advice: "Check access_key, secret_key and, with a temporary key, token, and set this machine's clock."
    )

    let details: [String: String]
    let call: AccountCall
    let tokens: IAMTokens
    /// The guard of an access key.
    let guardian: @Sendable (HuaweiKey) -> SignatureGuard

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - now: The time that the request is signed with.
    ///   - request: Writes what is asked, given the project.
    ///   - decode: Makes of the answer's content what is wanted.
    /// - Returns: The content, or why there is none.
    func send<Payload: Decodable & SendableMetatype, Value: Sendable>(
        now: UnixTime,
        request: (_ project: String) -> Request,
        decode: @escaping @Sendable (Payload) throws(ReadingFailure) -> Value
    ) async -> ProviderAnswer<Value> {
        let keys = call.keys.next
        do throws(ReadingFailure) {
            let project = try details.required("project_id")
            let request = request(project)
            guard try HuaweiKey(keys) != nil else {
                return try await send(request, of: project, byTokenFor: keys, now: now, decode: decode)
            }
            let signer = try await signer(keys, now: now)
            return await send(request, of: project, signedBy: signer, now: now, decode: decode)
        } catch {
            return ProviderAnswer(.failure(error), wasSent: false)
        }
    }

    // MARK: With a signature

    /// A key that may sign one request now.
    private struct Signer {
        let keys: KeySet
        let key: HuaweiKey
        let guardian: SignatureGuard
        let pass: SignatureGuard.Pass
    }

    /// Who signs. Renewed keys that have to wait for the end of a pause are tried after it, and hold up nobody until then.
    private func signer(_ keys: KeySet, now: UnixTime) async throws(ReadingFailure) -> Signer {
        do {
            return try await admitted(keys, now: now)
        } catch {
            guard !Task.isCancelled, let before = call.keys.before(keys) else { throw error }
            return try await admitted(before, now: now)
        }
    }

    private func admitted(_ keys: KeySet, now: UnixTime) async throws(ReadingFailure) -> Signer {
        guard let key = try HuaweiKey(keys) else { throw .incomplete("access_key") }
        let guardian = guardian(key)
        let pass = try await guardian.admit(keys, now: now, words: Self.refusedKey)
        return Signer(keys: keys, key: key, guardian: guardian, pass: pass)
    }

    private func send<Payload: Decodable & SendableMetatype, Value: Sendable>(
        _ request: Request,
        of project: String,
        signedBy signer: Signer,
        now: UnixTime,
        decode: @escaping @Sendable (Payload) throws(ReadingFailure) -> Value
    ) async -> ProviderAnswer<Value> {
        let hearing = HuaweiHearing()
        let answer = await call.send(
            with: signer.keys,
            now: now,
            request: { _ in signed(request, of: project, key: signer.key, now: now) },
            read: { response throws(ReadingFailure) in
                let answer = hearing.listen(response)
                return try decode(try answer.content(Payload.self, proof: .signature, now: now))
            }
        )
        let pause = await signer.guardian.end(signer.pass, hearing.verdict(answer.result))
        // The pause is this key's: where another one is used from now on it holds up nobody.
        guard let pause, call.keys.next == signer.keys else { return answer }
        return answer.replacing(answer.result.mapError { $0.with(retryAfter: pause, isMended: false) })
    }

    /// The request with all its headers.
    func signed(_ request: Request, of project: String, key: HuaweiKey, now: UnixTime) -> ProviderRequest {
        let signature = SDKHMACSignature(
            SDKHMACSignature.Request(
                method: .get,
                path: request.encodedPath,
                query: request.query,
                headers: headers(project),
                time: now
            ),
            key: key
        )
        return ProviderRequest(method: .get, url: "\(call.endpoint)\(signature.target)", headers: signature.headers)
    }

    private func headers(_ project: String) -> [(name: String, value: String)] {
        [(name: "Host", value: call.endpoint.authority), (name: "X-Project-Id", value: project)]
    }

    // MARK: With a token

    private func send<Payload: Decodable & SendableMetatype, Value: Sendable>(
        _ request: Request,
        of project: String,
        byTokenFor keys: KeySet,
        now: UnixTime,
        decode: @escaping @Sendable (Payload) throws(ReadingFailure) -> Value
    ) async throws(ReadingFailure) -> ProviderAnswer<Value> {
        let (keys, granted, sideCalls) = await token(for: keys, now: now)
        let token: IAMToken
        switch granted {
        case .success(let good): token = good
        case .failure(let failure): return ProviderAnswer(.failure(failure), wasSent: false, sideCalls: sideCalls)
        }
        let hearing = HuaweiHearing()
        let answer = await call.send(
            with: keys,
            hiding: [token.secret],
            now: now,
            request: { _ in
                let query = request.query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
                return ProviderRequest(
                    method: .get,
                    url: "\(call.endpoint)\(request.encodedPath)?\(query.joined(separator: "&"))",
                    headers: headers(project) + [(name: "X-Auth-Token", value: token.secret.reveal())]
                )
            },
            read: { response throws(ReadingFailure) in
                let answer = hearing.listen(response)
                let proof = HuaweiProof.token(hasWorked: token.hasWorked)
                return try decode(try answer.content(Payload.self, proof: proof, now: now))
            }
        )
        return await judged(answer, token, hearing).adding(sideCalls)
    }

    /// A token. Where a renewed password was not even tried, such as in a pause, the one before is used.
    private func token(
        for keys: KeySet,
        now: UnixTime
    ) async -> (keys: KeySet, token: Result<IAMToken, ReadingFailure>, calls: [SideCall]) {
        let (granted, calls) = await tokens.token(for: keys, now: now)
        guard case .failure = granted, calls.isEmpty, !Task.isCancelled, let before = call.keys.before(keys) else {
            return (keys, granted, calls)
        }
        let (other, otherCalls) = await tokens.token(for: before, now: now)
        return (before, other, otherCalls)
    }

    /// A token that worked before and is refused now is replaced at the next turn; a new one would be refused again.
    private func judged<Value: Sendable>(
        _ answer: ProviderAnswer<Value>,
        _ token: IAMToken,
        _ hearing: HuaweiHearing
    ) async -> ProviderAnswer<Value> {
        if hearing.isRefusal {
            await tokens.drop(token)
            guard token.hasWorked else { return answer }
            return answer.replacing(answer.result.mapError { $0.with(isMended: true) })
        }
        if hearing.verdict(answer.result) == .proven { token.noteSuccess() }
        return answer
    }
}

extension HuaweiCall.Request {
    /// The path as it is sent.
    fileprivate var encodedPath: String { path.map { "/\($0.percentEncoded)" }.joined() }
}

extension ProviderAnswer {
    /// The same answer with the calls that were needed before it.
    fileprivate func adding(_ calls: [SideCall]) -> ProviderAnswer {
        ProviderAnswer(result, providerTime: providerTime, wasSent: wasSent, sideCalls: sideCalls + calls)
    }
}
