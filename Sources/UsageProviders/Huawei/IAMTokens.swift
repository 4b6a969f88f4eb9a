import Usage

/// The tokens of one account: each is made once and used by all readers until shortly before it runs out.
///
/// One for each set of secrets, so that a renewed password is tried by a token of its own. While one is made, all who need
/// it wait for that one call.
actor IAMTokens {
    /// The name in the label `api`.
    static let api = "iam_tokens"

    fileprivate struct State {
        var token: IAMToken?
        var isRenewing = false
        /// How many calls for a token there were, and why the newest one failed.
        var renewals = 0
        var failure: ReadingFailure?
    }

    private let call: Result<IAMTokenCall, ReadingFailure>
    private let uptime: @Sendable () -> Duration
    private let waiters = Waiters()
    private var states: [KeySet: State] = [:]

    /// - Parameters:
    ///   - call: How tokens are asked for, or why they cannot be.
    ///   - uptime: Time since some fixed moment, for the duration of calls.
    init(_ call: Result<IAMTokenCall, ReadingFailure>, uptime: @escaping @Sendable () -> Duration) {
        self.call = call
        self.uptime = uptime
    }

    /// A token that is good for a call now.
    ///
    /// - Returns: The token, or why there is none, and the call that had to be made for it. Who waits for another's call has
    ///   its outcome, but not the call.
    func token(
        for keys: KeySet,
        now: UnixTime
    ) async -> (token: Result<IAMToken, ReadingFailure>, calls: [SideCall]) {
        let seen = states[keys]?.renewals ?? 0
        while true {
            let state = states[keys] ?? State()
            if let token = state.token, now < token.goodUntil || state.renewals > seen { return (.success(token), []) }
            if state.renewals > seen, let failure = state.failure { return (.failure(failure), []) }
            guard state.isRenewing else {
                states[keys, default: State()].isRenewing = true
                return await renew(keys, now: now)
            }
            if Task.isCancelled { return (.failure(.givenUp), []) }
            await waiters.wait()
        }
    }

    /// Forgets a token that was refused, unless there is a newer one already.
    func drop(_ token: IAMToken) {
        for (keys, state) in states where state.token === token { states[keys]?.token = nil }
    }

    private func renew(
        _ keys: KeySet,
        now: UnixTime
    ) async -> (token: Result<IAMToken, ReadingFailure>, calls: [SideCall]) {
        let start = uptime()
        let answer: ProviderAnswer<IAMToken> =
            switch call {
            case .success(let call): await call.send(keys, now: now)
            case .failure(let failure): ProviderAnswer(.failure(failure), wasSent: false)
            }
        note(answer.result, of: keys, now: now)
        guard answer.wasSent else { return (answer.result, []) }
        return (answer.result, [SideCall(api: Self.api, failure: answer.result.reason, took: uptime() - start)])
    }

    private func note(_ result: Result<IAMToken, ReadingFailure>, of keys: KeySet, now: UnixTime) {
        states = states.filter { $0.key == keys || $0.value.isRenewing || $0.value.isGood(at: now) }
        var state = states[keys] ?? State()
        state.isRenewing = false
        switch result {
        case .success(let token): (state.token, state.failure) = (token, nil)
        case .failure(let failure):
            // A call that was given up says nothing to those who have not given up: one of them makes the next.
            (state.token, state.failure) = (nil, Task.isCancelled ? nil : failure)
        }
        if !Task.isCancelled { state.renewals += 1 }
        states[keys] = state
        waiters.wakeAll()
    }
}

extension IAMTokens.State {
    fileprivate func isGood(at now: UnixTime) -> Bool {
        token.map { now < $0.goodUntil } ?? false
    }
}

extension Result where Failure == ReadingFailure {
    fileprivate var reason: ReadingFailure.Reason? {
        if case .failure(let failure) = self { failure.reason } else { nil }
    }
}
