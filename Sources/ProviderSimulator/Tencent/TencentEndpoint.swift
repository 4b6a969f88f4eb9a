import Hummingbird
import NIOCore
import Synchronization

/// The provider's one address: `POST /`.
final class TencentEndpoint: Sendable {
    /// The documented limit of a request body, in bytes.
    static let largestBody = 10 * 1_024 * 1_024

    private let simulation: Simulation
    private let gate: TencentGate
    private let answers: TencentAnswers
    private let answered = Mutex(0)

    init(_ simulation: Simulation, pause: @escaping Pause) {
        self.simulation = simulation
        gate = TencentGate(simulation)
        answers = TencentAnswers(truth: simulation.truth, pause: pause)
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.post("/") { request, _ in try await self.call(request) }
        router.get("/") { _, _ in self.refused(.unsupportedProtocol, "The simulator takes POST requests only.") }
    }

    private func call(_ request: Request) async throws -> Response {
        // Before the body is there: the provider counts arrivals.
        let arrival = simulation.clock.elapsed
        var request = request
        let body: [UInt8]
        do {
            body = try await request.collected(upTo: Self.largestBody)
        } catch is NIOTooManyBytesError {
            return refused(.requestSizeLimitExceeded, "The request body exceeds 10 MB.")
        }
        let verdict = gate.decide(TencentCall(head: request.head, body: body), arrival: arrival)
        return try await answers.response(to: verdict, of: request, requestID: nextRequestID())
    }

    /// A refusal of what never became a call.
    private func refused(_ code: TencentErrorCode, _ message: String) -> Response {
        let body = TencentEnvelope.error(TencentError(code, message), requestID: nextRequestID())
        return Response(
            status: .ok,
            headers: [.contentType: "application/json", .date: HTTPDate.header(simulation.clock.now)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }

    /// A new id in the form of a UUID.
    private func nextRequestID() -> String {
        let number = answered.withLock { count in
            count += 1
            return count
        }
        let hash = StableHash(seed: simulation.configuration.seed).mixed(.requestID).mixed(number)
        let digits = [hash, hash.mixed(1)].map { CivilDate.leftPadded(String($0.bits, radix: 16), 16) }.joined()
        var rest = digits[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
