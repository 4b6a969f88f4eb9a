public import Logging
import Synchronization
import Usage

/// Keeps a dead endpoint from being called by everybody: while it does not answer, one call at a time goes out to find out, at
/// the end once a minute, however many budgets and lists of apps use it.
///
/// One for each endpoint, shared by all who call it. Whoever is ready to call asks ``admission(at:)`` and tells the ``Pass`` what
/// came of the call.
public final class EndpointCircuit: Sendable {
    /// Whether a call may go out.
    public enum Admission: Sendable {
        /// It may. The pass has to be told what came of it.
        case call(Pass)
        /// Not before that uptime, at which it is worth asking again; earlier when a listener is called.
        case wait(until: Duration)
    }

    /// A call that may go out. One that is let go of without a word, since its task was cancelled say, holds nobody up.
    public final class Pass: Sendable {
        private let number: Int
        private let circuit: EndpointCircuit

        fileprivate init(number: Int, circuit: EndpointCircuit) {
            self.number = number
            self.circuit = circuit
        }

        deinit { circuit.change { $0.dropped(number) } }

        /// Notes what came of a call: any answer of the provider's proves that its endpoint is alive.
        ///
        /// - Parameters:
        ///   - answer: What came. One that was never sent tells nothing.
        ///   - target: Who was asked about: two of them tell more than one.
        ///   - uptime: When the call ended.
        ///   - chance: From 0 to 1; spreads waits.
        func tell<Value>(_ answer: ProviderAnswer<Value>, target: String, at uptime: Duration, chance: Double) {
            guard answer.wasSent else { return }
            guard answer.result.failure.map(\.provesEndpointAlive) ?? true else {
                return failed(target: target, at: uptime, chance: chance)
            }
            succeeded()
        }

        /// Notes an answer that proves the endpoint alive, be it a refusal or nonsense.
        public func succeeded() { circuit.change { $0.succeeded() } }

        /// Notes that no answer came in time, or none of the provider's.
        ///
        /// - Parameters:
        ///   - target: Who was asked about: two of them tell more than one.
        ///   - uptime: When the call ended.
        ///   - chance: From 0 to 1; spreads waits.
        public func failed(target: String, at uptime: Duration, chance: Double) {
            circuit.change { $0.failed(number, target: target, at: uptime, chance: chance) }
        }
    }

    /// Keeps a listener known for as long as it is kept itself.
    public final class Listening: Sendable {
        private let number: Int
        private weak let circuit: EndpointCircuit?

        fileprivate init(number: Int, circuit: EndpointCircuit) {
            self.number = number
            self.circuit = circuit
        }

        deinit { circuit?.forgetListener(number) }
    }

    private struct Listeners {
        var newest = 0
        var all: [Int: @Sendable () -> Void] = [:]
    }

    private let endpoint: String
    private let logger: Logger
    private let circuit = Mutex(Circuit())
    private let listeners = Mutex(Listeners())

    /// The circuit of an endpoint that nobody has called yet.
    ///
    /// - Parameters:
    ///   - endpoint: Its address, for the log.
    ///   - logger: Told when the endpoint falls silent and when it answers again.
    public init(endpoint: String = "", logger: Logger = Logger(label: "circuit") { _ in SwiftLogNoOpLogHandler() }) {
        (self.endpoint, self.logger) = (endpoint, logger)
    }

    /// When the next probe may go out, if none is out; `nil` while the endpoint may be called freely.
    public var nextProbe: Duration? { circuit.withLock { $0.nextProbe } }

    /// Asks for a call that is otherwise ready to go out.
    public func admission(at uptime: Duration) -> Admission {
        switch circuit.withLock({ $0.decide(at: uptime) }) {
        case .call(let number): .call(Pass(number: number, circuit: self))
        case .wait(let until): .wait(until: until)
        }
    }

    /// Lets the next call go out at once: keys were renewed, say.
    public func retryNow(at uptime: Duration) { change { $0.retryNow(at: uptime) } }

    /// Calls a listener whenever waits that were told are over or have changed: the endpoint answers again, or there is
    /// another time for the next probe. It is called by whoever brought that about, and has to be quick.
    ///
    /// - Returns: What has to be kept for as long as the listener is to be called.
    public func onChange(_ listener: @escaping @Sendable () -> Void) -> Listening {
        listeners.withLock { listeners in
            listeners.newest += 1
            listeners.all[listeners.newest] = listener
            return Listening(number: listeners.newest, circuit: self)
        }
    }

    /// Listeners are called outside of the locks, so that they may ask at once.
    private func change(_ body: (inout Circuit) -> Bool) {
        let (hasChanged, wasOpen, isOpen) = circuit.withLock { circuit in
            let wasOpen = circuit.isOpen
            return (body(&circuit), wasOpen, circuit.isOpen)
        }
        if isOpen != wasOpen { tell(isOpen: isOpen) }
        guard hasChanged else { return }
        for listener in listeners.withLock({ Array($0.all.values) }) { listener() }
    }

    private func tell(isOpen: Bool) {
        logger.log(
            level: isOpen ? .warning : .notice,
            isOpen
                ? "The endpoint does not answer: one call at a time finds out when it does, in the end once a minute."
                : "The endpoint answers again.",
            metadata: ["endpoint": "\(endpoint)"]
        )
    }

    private func forgetListener(_ number: Int) {
        // Handed out of the lock, so that what the listener alone kept does not end inside of it.
        _ = listeners.withLock { $0.all.removeValue(forKey: number) }
    }
}
