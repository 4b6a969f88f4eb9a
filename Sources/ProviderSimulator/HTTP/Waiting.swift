import Hummingbird
import NIOCore

/// How the simulator lets time pass on purpose; a parameter, so that no test has to wait.
typealias Pause = @Sendable (Duration) async throws -> Void

extension Request {
    /// The whole body, which stays part of the request.
    mutating func collected(upTo limit: Int) async throws -> [UInt8] {
        Array(try await collectBody(upTo: limit).readableBytesView)
    }

    /// Keeps the client waiting until it leaves or the time is over; there is no answer either way.
    func hold(for duration: Duration, _ pause: @escaping Pause) async throws -> Never {
        try await body.consumeWithCancellationOnInboundClose { _ in try await pause(duration) }
        throw ConnectionCut()
    }
}
