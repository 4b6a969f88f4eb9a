import NIOCore
import NIOEmbedded
import NIOSSL
import TestSupport

@testable import ExporterHTTP

extension CertificateFolder {
    /// Settings with the certificate of `server`.
    func tls(
        _ server: String = "server",
        authorities: String? = nil,
        _ change: (inout ServerTLS.Options) -> Void = { _ in }
    ) throws -> ServerTLS {
        var options = ServerTLS.Options()
        change(&options)
        return try ServerTLS(
            certificates: TLSCertificates(pem: try bytes("\(server).pem")),
            key: TLSPrivateKey(pem: try bytes("\(server).key")),
            authorities: authorities.map { try TLSCertificates(pem: try bytes("\($0).pem")) },
            options: options
        )
    }

    /// A client that trusts anybody and shows a certificate of its own.
    func client(_ name: String? = nil, _ change: (inout TLSConfiguration) -> Void = { _ in }) throws -> TLSConfiguration
    {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        if let name {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(bytes("\(name).pem")).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: bytes("\(name).key"), format: .pem))
        }
        change(&configuration)
        return configuration
    }
}

/// A client and a server that talk without a network.
struct TLSBench {
    private let client = EmbeddedChannel()
    private let server = EmbeddedChannel()

    /// Whether something that the client says reaches the server's side.
    func arrives(_ clientTLS: TLSConfiguration, _ serverHandler: NIOSSLServerHandler) throws -> Bool {
        let context = try NIOSSLContext(configuration: clientTLS)
        try client.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
        try server.pipeline.syncOperations.addHandler(serverHandler, position: .first)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        client.connect(to: address, promise: nil)
        server.connect(to: address, promise: nil)
        client.writeAndFlush(ByteBuffer(string: "hello"), promise: nil)
        try? exchange()
        let heard = try? server.readInbound(as: ByteBuffer.self)
        // TLS says farewell first and waits for the other side, which is not there any more.
        for side in [client, server] {
            side.close(promise: nil)
            side.embeddedEventLoop.advanceTime(by: .seconds(10))
        }
        return heard.map { String(buffer: $0) } == "hello"
    }

    /// The protocol that both agreed on, as the server's side is told.
    func agreed(_ clientTLS: TLSConfiguration, _ serverHandler: NIOSSLServerHandler) throws -> String {
        let listener = EventListener()
        try server.pipeline.syncOperations.addHandler(listener)
        _ = try arrives(clientTLS, serverHandler)
        return listener.events.joined(separator: ", ")
    }

    private func exchange() throws {
        for _ in 0..<50 {
            while let bytes = try client.readOutbound(as: ByteBuffer.self) { try server.writeInbound(bytes) }
            server.embeddedEventLoop.run()
            while let bytes = try server.readOutbound(as: ByteBuffer.self) { try client.writeInbound(bytes) }
            client.embeddedEventLoop.run()
        }
    }
}

/// Keeps what the handlers before it tell.
private final class EventListener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private(set) var events: [String] = []

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        events.append("\(event)")
        context.fireUserInboundEventTriggered(event)
    }
}
