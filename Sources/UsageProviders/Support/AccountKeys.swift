import Synchronization
import Usage

/// The secrets of an account, which may be renewed while the exporter runs.
///
/// A renewed set is tried at the next call. The set before stays in use until the new one has worked once, so that a
/// half-written or wrong file costs one refused call and nothing else. A refusal need not be the set's own fault: the app may
/// be one that nobody may see. So the new set has another turn when the set before fares no better.
public final class AccountKeys: Sendable {
    private struct State {
        var working: KeySet
        var candidate: KeySet?
        /// Why the candidate was refused, until it has another turn.
        var refusal: ReadingFailure?
    }

    private let state: Mutex<State>

    /// The secrets to begin with.
    public init(_ keys: KeySet) {
        state = Mutex(State(working: keys))
    }

    /// Offers the secrets as their files hold them now.
    public func renew(_ keys: KeySet) {
        state.withLock { $0 = State(working: $0.working, candidate: keys == $0.working ? nil : keys) }
    }

    /// The secrets for the next call.
    public var next: KeySet {
        state.withLock { $0.refusal == nil ? $0.candidate ?? $0.working : $0.working }
    }

    /// The secrets to use where these are renewed ones that may not be tried yet; `nil` when there are no others.
    func before(_ keys: KeySet) -> KeySet? {
        state.withLock { keys == $0.candidate ? $0.working : nil }
    }

    /// Notes what came of a call with these secrets.
    ///
    /// - Returns: The result; a refusal of renewed secrets is one that the next call will not meet again.
    func note<Value: Sendable>(
        _ result: Result<Value, ReadingFailure>,
        of keys: KeySet
    ) -> Result<Value, ReadingFailure> {
        state.withLock { state in
            guard let candidate = state.candidate else { return result }
            switch result {
            case .success:
                if keys == candidate { state = State(working: keys) }
                return result
            case .failure(let failure):
                guard failure.isRefusal else { return result }
                if keys == state.working, failure.isOfKey || failure.cause == state.refusal?.cause {
                    state.refusal = nil
                }
                guard keys == candidate else { return result }
                state.refusal = failure
                let prefix = "Refused with the renewed key, so that the one before is used again."
                return .failure(failure.with(explanation: "\(prefix) \(failure.explanation)", isMended: true))
            }
        }
    }
}

extension ReadingFailure {
    /// Whether other secrets may fare better: those of another account know other apps. By a wrong clock all fare alike.
    fileprivate var isRefusal: Bool {
        switch reason {
        case .unauthorized, .rejected: cause != .clockOff
        case .throttled, .unavailable, .timeout, .malformed: false
        }
    }

    /// Whether a refusal is of the secrets themselves, whatever they were used for.
    fileprivate var isOfKey: Bool {
        reason == .unauthorized && [.wrongKey, .expiredKey, nil].contains(cause)
    }
}
