import Foundation
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// One listening address of the exporter.
public struct ExporterServer: Service {
    /// Why the exporter cannot listen, as a sentence.
    public struct BindError: Error, CustomStringConvertible {
        /// One sentence that names the address.
        public let description: String
    }

    /// A client that sends or takes nothing for so long is cut off.
    private static let idleTime = TimeAmount.seconds(120)

    private let address: ListenAddress
    private let router: ExporterRouter
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - address: Where to listen.
    ///   - router: What to serve.
    ///   - logger: Told when connections are accepted.
    ///   - onListening: Called with the port at that moment.
    public init(
        address: ListenAddress,
        router: ExporterRouter,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.address = address
        self.router = router
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until shut down.
    ///
    /// - Throws: ``BindError`` when the address cannot be listened on.
    public func run() async throws {
        do {
            try await serve()
        } catch let error as IOError {
            throw BindError(description: "Cannot listen on \(address): \(Self.reason(error)).")
        } catch is SocketAddressError.UnknownHost {
            throw BindError(description: "Cannot listen on \(address): the host is not known.")
        }
    }

    private func serve() async throws {
        guard address.host.isEmpty else { return try await serve(host: address.host) }
        do {
            try await serve(host: "::")
        } catch let error as IOError where [EAFNOSUPPORT, EADDRNOTAVAIL].contains(error.errnoCode) {
            // A machine without IPv6.
            try await serve(host: "0.0.0.0")
        }
    }

    private func serve(host: String) async throws {
        let application = Application(
            router: router.router(),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [StuckClientHandler(patience: Self.idleTime)],
                    idleTimeout: Self.idleTime
                )
            ),
            configuration: ApplicationConfiguration(address: .hostname(host, port: address.port)),
            onServerRunning: { [logger, onListening] channel in
                let port = channel.localAddress?.port ?? 0
                let shown = ListenAddress(host: channel.localAddress?.ipAddress ?? host, port: port)
                logger.info("Listening.", metadata: ["address": "\(shown)"])
                await onListening(port)
            },
            logger: quiet
        )
        try await application.run()
    }

    /// The server's own lines say nothing that ours do not.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        return quiet
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "another process uses the port"
        case EACCES: "the port needs more rights"
        case EADDRNOTAVAIL: "this machine does not have the address"
        default: error.description
        }
    }
}
