import Synchronization
import Testing

@testable import UsageProviders

/// A way to the provider whose answers depend on the request, and may be held back until a test lets them go.
final class ScriptedTransport: ProviderTransport {
    typealias Answer = Result<ProviderResponse, TransportFailure>

    private struct State {
        var sent: [ProviderRequest] = []
        var underWay = 0
        var mostUnderWay = 0
        var isHeld = false
    }

    private let state = Mutex(State())
    private let waiters = Waiters()
    private let answer: @Sendable (ProviderRequest, Int) -> Answer

    /// - Parameter answer: The answer to a request, which is the how manieth, from 0 on.
    init(_ answer: @escaping @Sendable (ProviderRequest, Int) -> Answer) {
        self.answer = answer
    }

    /// The answers in their order; the last one stays.
    convenience init(_ answers: [Answer]) {
        self.init { _, index in answers[min(index, answers.count - 1)] }
    }

    var requests: [ProviderRequest] { state.withLock { $0.sent } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    /// From now on, requests are remembered and not answered.
    func hold() { state.withLock { $0.isHeld = true } }

    /// Answers what was held back.
    func release() {
        state.withLock { $0.isHeld = false }
        waiters.wakeAll()
    }

    func send(_ request: ProviderRequest) async throws(TransportFailure) -> ProviderResponse {
        let index = state.withLock { state in
            state.sent.append(request)
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            return state.sent.count - 1
        }
        defer { state.withLock { $0.underWay -= 1 } }
        while state.withLock({ $0.isHeld }) {
            if Task.isCancelled { throw .unreachable("cancelled") }
            await waiters.wait()
        }
        return try answer(request, index).get()
    }

    /// Comes back when that many requests were sent.
    func sent(_ count: Int) async throws {
        for _ in 0..<5_000 where requests.count < count { try await Task.sleep(for: .milliseconds(1)) }
        try #require(requests.count >= count)
    }
}

/// An uptime that tests turn.
final class TurnedUptime: Sendable {
    private let state = Mutex(Duration.zero)

    var now: Duration { state.withLock { $0 } }

    func turn(by time: Duration) { state.withLock { $0 += time } }
}

/// Counts from 0 on, for answers that differ from time to time.
final class Counter: Sendable {
    private let state = Mutex(0)

    var count: Int { state.withLock { $0 } }

    @discardableResult
    func next() -> Int {
        state.withLock { state in
            defer { state += 1 }
            return state
        }
    }
}
