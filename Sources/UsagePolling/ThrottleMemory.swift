public import Usage

/// What a budget knows of its throttling, kept beyond the end of the process.
public struct ThrottleMemory: Sendable {
    private let store: any ThrottleStore
    private let budget: String

    /// - Parameters:
    ///   - store: Where it is kept.
    ///   - budget: The budget's name there, which holds no secret.
    public init(store: any ThrottleStore, budget: String) {
        self.store = store
        self.budget = budget
    }

    /// What is left of the rate and of the wait that the provider asked for; `nil` when there was no throttling.
    func throttling(at now: UnixTime) async throws -> (fraction: Double, pause: Duration)? {
        try await store.throttling(of: budget).map { ($0.fraction, $0.pauseLeft(at: now)) }
    }

    /// Keeps what is left of the rate, and how long nothing may be asked.
    func keep(_ fraction: Double, pause: Duration, at now: UnixTime) async throws {
        let pausedUntil = pause > .zero ? now + pause : nil
        try await store.record(Throttling(fraction: fraction, pausedUntil: pausedUntil, notedAt: now), of: budget)
    }
}
