import NIOCore
import NIOPosix

/// A client that asks and then reads nothing.
struct SlowReader: Sendable {
    private let channel: any Channel

    /// Connects with a small receive buffer and sends a request for `path`.
    init(port: Int, path: String) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: 4096)
            .connect(host: "127.0.0.1", port: port).get()
        let request = ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try await channel.writeAndFlush(request)
    }

    /// Goes away without having read.
    func leave() async throws {
        try await channel.close()
    }
}
