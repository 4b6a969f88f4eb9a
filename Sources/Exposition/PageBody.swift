/// The bytes of one response.
public struct PageBody: Sendable {
    /// Whether the bytes are gzip, for `Content-Encoding`. `false` although gzip was asked for in one case: there was
    /// no memory to compress in.
    public let isGzip: Bool
    /// What is the same for every scrape of one page, format and compression: few pieces, shared and not copied.
    public let head: [[UInt8]]
    /// What is new in this response, to be sent after the head.
    public let tail: [UInt8]

    /// The length of the whole response in bytes.
    public var count: Int { head.reduce(tail.count) { $0 + $1.count } }

    /// The whole response as one copy.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for piece in head { bytes += piece }
        return bytes + tail
    }
}
