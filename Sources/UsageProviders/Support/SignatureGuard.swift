import Usage

/// What an answer says about the key or password that a call was made with.
enum KeyVerdict: Sendable {
    /// It is the right one, whatever else the answer says.
    case proven
    /// It was refused.
    case refused
}

/// Keeps a key from being locked: never are more than two calls in a row refused without a pause of five minutes.
///
/// The count outlives the process. What is under way with a key that has not been proven counts as refused until the answer
/// says otherwise, in the store too, so that a process which is killed meanwhile has counted it. A key that has been proven
/// since the start costs no writes. At most two calls are under way at once, since both may be refused.
///
/// The pause goes by the uptime, since several callers with different opinions of the time share the guard; only what an
/// earlier process left is judged by the wall clock, and never makes a pause longer than a whole one.
///
/// One actor for each key, since the decision to let a call go has to hold until its answer.
actor SignatureGuard {
    /// A call that may go out.
    struct Pass {
        fileprivate let number: Int
        fileprivate let keys: KeySet
        fileprivate let signedAt: UnixTime
        /// How many calls had been refused when it went out.
        fileprivate let refusedBefore: Int
    }

    /// What is told of calls that may not go out.
    struct Words: Sendable {
        /// What was refused: the beginning of a sentence that goes on with a reason and the time to wait.
        let refused: String
        /// What a person can do about it.
        let advice: String
    }

    /// After this many refusals in a row there is a pause. Huawei locks a key after five:
    /// <https://support.huaweicloud.com/intl/en-us/sis_faq/sis_04_0082.html>.
    static let mostInARow = 2
    /// How long nothing is sent after that: as long as Huawei locks a key.
    static let pause = Duration.seconds(300)

    private let name: String
    private let store: any SignatureRefusalStore
    private let uptime: @Sendable () -> Duration
    private let waiters = Waiters()

    /// Whether the store has been asked; `nil` until somebody has begun to.
    private var isLoaded: Bool?
    /// Refusals in a row that are certain, and when the newest was signed.
    private var refusals = SignatureRefusals.none
    /// How many calls were refused since the start.
    private var refused = 0
    private var pauseEnd = Duration.zero
    private var underWay: [Int: Pass] = [:]
    private var passes = 0
    /// The keys whose newest verdict is that they are right.
    private var proven: KeySet?
    /// What the store holds, as far as it could be written.
    private var written = SignatureRefusals.none
    private var isWriting = false

    /// - Parameters:
    ///   - name: The key's name in the store, which does not tell the key.
    ///   - store: Where the count outlives the process.
    ///   - uptime: Time since some fixed moment; never steps.
    init(name: String, store: any SignatureRefusalStore, uptime: @escaping @Sendable () -> Duration) {
        self.name = name
        self.store = store
        self.uptime = uptime
    }

    /// Lets a call go out; waits while the answers to others decide whether it may.
    ///
    /// - Parameters:
    ///   - keys: What the call is made with.
    ///   - now: When it is signed.
    ///   - words: What to tell when it may not go out.
    /// - Returns: What has to be handed back to ``end(_:_:)`` whatever comes of the call.
    /// - Throws: Why it must not be sent: there is a pause, or the caller's task was cancelled.
    func admit(_ keys: KeySet, now: UnixTime, words: Words) async throws(ReadingFailure) -> Pass {
        await load(now: now)
        while try !isFree(words) { await waiters.wait() }
        passes += 1
        let pass = Pass(number: passes, keys: keys, signedAt: now, refusedBefore: refused)
        underWay[pass.number] = pass
        await persist()
        return pass
    }

    /// Notes what came of a call.
    ///
    /// - Parameters:
    ///   - pass: What ``admit(_:now:words:)`` gave for it.
    ///   - verdict: What the answer said; `nil` when there was none, or it came from somebody who cannot know.
    /// - Returns: How long nothing will be sent, where this refusal begins a pause.
    func end(_ pass: Pass, _ verdict: KeyVerdict?) async -> Duration? {
        underWay[pass.number] = nil
        switch verdict {
        case .proven:
            // What was refused while this call was under way may have been refused after it.
            let later = refused - pass.refusedBefore
            refusals = later == 0 ? .none : SignatureRefusals(count: min(later, refusals.count), last: refusals.last)
            proven = later == 0 ? pass.keys : nil
        case .refused:
            refused += 1
            refusals = SignatureRefusals(count: refusals.count + 1, last: pass.signedAt)
            proven = nil
            if isAtMost { pauseEnd = uptime() + Self.pause }
        case nil: break
        }
        waiters.wakeAll()
        await persist()
        return verdict == .refused && isAtMost ? Self.pause : nil
    }

    private var isAtMost: Bool { refusals.count >= Self.mostInARow }

    /// Whether a call may go out now; `false` while that depends on calls which are under way.
    private func isFree(_ words: Words) throws(ReadingFailure) -> Bool {
        if Task.isCancelled { throw .givenUp }
        guard isAtMost else { return refusals.count + underWay.count < Self.mostInARow }
        let rest = pauseEnd - uptime()
        guard rest <= .zero else { throw Self.isPaused(rest, words) }
        return underWay.isEmpty
    }

    private static func isPaused(_ rest: Duration, _ words: Words) -> ReadingFailure {
        let seconds = (rest.wholeMilliseconds + 999) / 1000
        return ReadingFailure(
            .unauthorized,
            "\(words.refused), so that nothing is sent for \(seconds) s.",
            advice: words.advice,
            retryAfter: rest,
            scope: .account
        )
    }

    // MARK: The store

    private func load(now: UnixTime) async {
        while isLoaded == false { await waiters.waitToTheEnd() }
        guard isLoaded == nil else { return }
        isLoaded = false
        // A store that cannot be read is like one that knows nothing: figures matter more than a lock of five minutes.
        let (store, name) = (store, name)
        let found = await Task { try? await store.signatureRefusals(of: name) }.value ?? .none
        (refusals, written) = (found, found)
        if isAtMost {
            // A clock that was ahead when it was noted, or has been set back since, must not make the pause longer.
            let rest = min(max(found.last + Self.pause - now, .zero), Self.pause)
            pauseEnd = uptime() + rest
        }
        isLoaded = true
        waiters.wakeAll()
    }

    /// What the store should hold: calls under way with keys that are not proven count as refused.
    private var wanted: SignatureRefusals {
        let ahead = underWay.values.filter { $0.keys != proven }
        guard !ahead.isEmpty else { return refusals }
        let last = ahead.map(\.signedAt).max() ?? refusals.last
        return SignatureRefusals(count: refusals.count + ahead.count, last: max(last, refusals.last))
    }

    /// Comes back when the store holds what it should, or cannot be written: the count in memory holds all the same.
    private func persist() async {
        while written != wanted {
            if isWriting {
                await waiters.waitToTheEnd()
                continue
            }
            isWriting = true
            written = wanted
            let (store, name, refusals) = (store, name, written)
            // In a task of its own: the end of the process cancels calls, and their count has to be put back all the same.
            await Task { try? await store.record(refusals, of: name) }.value
            isWriting = false
            waiters.wakeAll()
        }
    }
}

extension ReadingFailure {
    /// The caller's task was cancelled while it waited for others.
    static var givenUp: ReadingFailure { ReadingFailure(.unavailable, "The call was given up before it was made.") }
}
