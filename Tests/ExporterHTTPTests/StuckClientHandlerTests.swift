import NIOCore
import NIOEmbedded
import Testing

@testable import ExporterHTTP

@Suite("A client that takes nothing")
struct StuckClientHandlerTests {
    private func channel() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: StuckClientHandler(patience: .seconds(120)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    @Test("It is cut off when its patience is used up, not before")
    func stuck() throws {
        let channel = try channel()
        channel.write(ByteBuffer(string: "part"), promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(119_999))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(!channel.isActive)
    }

    @Test("Each part that is taken gives time for the next one")
    func slow() throws {
        let channel = try channel()
        for _ in 0..<5 {
            let written = channel.write(ByteBuffer(string: "part"))
            channel.embeddedEventLoop.advanceTime(by: .seconds(119))
            channel.flush()
            try written.wait()
        }
        #expect(channel.isActive)
        channel.write(ByteBuffer(string: "the last one"), promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(120))
        #expect(!channel.isActive)
    }

    @Test("One that has taken everything may rest as long as it likes")
    func idle() throws {
        let channel = try channel()
        try channel.writeAndFlush(ByteBuffer(string: "all")).wait()
        channel.embeddedEventLoop.advanceTime(by: .hours(24))
        #expect(channel.isActive)
        _ = try channel.finish()
    }
}
