import NIOCore

/// A request's body that tells when it is taken, which is when the request's head is on a connection.
struct AnnouncedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let bytes: [UInt8]
    let onSent: @Sendable () -> Void

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var body: AnnouncedBody?

        mutating func next() async -> ByteBuffer? {
            guard let body else { return nil }
            self.body = nil
            body.onSent()
            return ByteBuffer(bytes: body.bytes)
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }
}
