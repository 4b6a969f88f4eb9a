public import Hummingbird
import NIOCore

/// What a request's handlers know of it: Hummingbird's own part, and the connection.
public struct ExporterContext: RequestContext {
    /// What Hummingbird keeps.
    public var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    /// Made by the server for each request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Waits until the connection has taken over what was written so far. Only then does it know whether the client
    /// keeps up, and only then does the next write wait for a client that does not.
    func handOver() async throws {
        try await channel.eventLoop.submit {}.get()
    }
}
