import Hummingbird
import NIOCore
import Synchronization

/// A provider's address: reads calls, has them decided, and answers.
final class ProviderEndpoint<Dialect: ProviderDialect>: Sendable {
    /// The largest request body that is read, in bytes: the least of the documented limits.
    private static var largestBody: Int { 10 * 1_024 * 1_024 }

    private let simulation: Simulation
    private let gate: ProviderGate<Dialect>
    private let answers: AnswerWriter
    private let answered = Mutex(0)

    init(_ simulation: Simulation, dialect: Dialect, pause: @escaping Pause) {
        self.simulation = simulation
        gate = ProviderGate(simulation, dialect: dialect)
        answers = AnswerWriter(pause: pause)
    }

    func respond(to request: Request) async throws -> Response {
        // Before the body is there: the provider counts arrivals.
        let arrival = simulation.clock.elapsed
        if let refusal = Dialect.refusal(ofMethod: request.method.rawValue) {
            return try await refuse(refusal, request)
        }
        var request = request
        let body: [UInt8]
        do {
            body = try await request.collected(upTo: Self.largestBody)
        } catch is NIOTooManyBytesError {
            return try await refuse(Dialect.tooLarge, request)
        }
        let call = ReceivedCall(head: request.head, body: body)
        return try await answers.response(
            to: gate.decide(call, arrival: arrival, requestID: nextRequestID()),
            of: request
        )
    }

    /// A refusal of what never became a call.
    private func refuse(_ refusal: Dialect.Refusal, _ request: Request) async throws -> Response {
        let answer = gate.dialect.answer(refusal, asked: AskedFor(), requestID: nextRequestID())
        let decision = Decision(answer: answer, page: nil, fault: nil, date: simulation.clock.now)
        return try await answers.response(to: decision, of: request)
    }

    /// A new id in the form of a UUID.
    private func nextRequestID() -> String {
        let number = answered.withLock { count in
            count += 1
            return count
        }
        let hash = StableHash(seed: simulation.configuration.seed).mixed(.requestID).mixed(number)
        var rest = hash.hexDigits[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
