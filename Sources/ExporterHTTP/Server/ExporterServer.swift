import Foundation
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// One listening address of the exporter.
public struct ExporterServer: Service {
    /// Why the exporter cannot listen, as a sentence.
    public struct BindError: Error, CustomStringConvertible {
        /// One sentence that names the address.
        public let description: String
    }

    /// The most that is read at once, in bytes: it bounds how many requests one connection can have waiting.
    private static let readSizes = AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: 16_384)
    /// How many connections the system keeps until they are taken.
    private static let backlog: Int32 = 256

    private let listener: Listener
    private let edge: ServedEdge
    private let onListening: @Sendable (Int) async -> Void

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - listener: Where connections come from.
    ///   - router: What to serve.
    ///   - protection: What is asked of connections and requests; `nil` for plain HTTP that is open to all.
    ///   - logger: Told when connections are accepted.
    ///   - onListening: Called with the port at that moment; 0 where there is none.
    public init(
        listener: Listener,
        router: ExporterRouter,
        protection: (any WebProtection)? = nil,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.listener = listener
        self.onListening = onListening
        edge = ServedEdge(router: router, protection: protection, logger: logger)
    }

    /// Serves until shut down: what is being answered then is answered to its end, unless it is cancelled.
    ///
    /// - Throws: ``BindError`` when the address cannot be listened on.
    public func run() async throws {
        let channel: any Channel
        do {
            channel = try await bound()
        } catch let error as IOError {
            throw BindError(description: "Cannot listen on \(listener): \(Self.reason(error)).")
        } catch is SocketAddressError.UnknownHost {
            throw BindError(description: "Cannot listen on \(listener): the host is not known.")
        }
        await serve(channel)
    }

    private func serve(_ channel: any Channel) async {
        let connections = edge.router.connections
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                edge.logger.info("Listening.", metadata: ["address": "\(Self.shown(channel))"])
                await onListening(channel.localAddress?.port ?? 0)
                try? await channel.closeFuture.get()
                await connections.allGone()
            } onGracefulShutdown: {
                channel.close(promise: nil)
                connections.close(.finish)
            }
        } onCancel: {
            channel.close(promise: nil)
            connections.close(.end)
        }
    }

    private func bound() async throws -> any Channel {
        switch listener {
        case .inherited(let descriptor): return try await bootstrap.withBoundSocket(descriptor).get()
        case .address(let address) where !address.host.isEmpty:
            return try await bootstrap.bind(host: address.host, port: address.port).get()
        case .address(let address):
            do {
                return try await bootstrap.bind(host: "::", port: address.port).get()
            } catch let error as IOError where [EAFNOSUPPORT, EADDRNOTAVAIL].contains(error.errnoCode) {
                // A machine without IPv6.
                return try await bootstrap.bind(host: "0.0.0.0", port: address.port).get()
            }
        }
    }

    private var bootstrap: ServerBootstrap {
        let pipeline = ServerPipeline(edge: edge)
        return ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: Self.readSizes)
            .childChannelInitializer { pipeline.configure($0) }
    }

    private static func shown(_ channel: any Channel) -> String {
        guard let address = channel.localAddress else { return "a socket" }
        guard let host = address.ipAddress, let port = address.port else { return address.pathname ?? "a socket" }
        return "\(ListenAddress(host: host, port: port))"
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "the port is in use already"
        case EACCES: "the port needs more rights"
        case EADDRNOTAVAIL: "this machine does not have the address"
        default: error.description
        }
    }
}
