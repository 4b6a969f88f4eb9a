import NIOCore
import Testing

@testable import ExporterHTTP

@Suite("The pieces of an answer")
struct PiecesTests {
    @Test(
        "They come in parts of a limited size, nothing lost and nothing empty",
        arguments: [[], [0], [5], [0, 3, 0, 0, 10, 1, 0], [4, 4, 4]],
        [1, 3, 4, 100]
    )
    func parts(lengths: [Int], most: Int) {
        var next: UInt8 = 0
        let buffers = lengths.map { length in
            var buffer = ByteBuffer(string: "not of it")
            buffer.moveReaderIndex(forwardBy: buffer.readableBytes)
            for _ in 0..<length {
                buffer.writeInteger(next)
                next += 1
            }
            return buffer
        }
        var pieces = Pieces(buffers)
        var read: [UInt8] = []
        while !pieces.isEmpty {
            let part = pieces.next(most)
            #expect((1...most).contains(part?.readableBytes ?? 0))
            read += part.map { Array($0.readableBytesView) } ?? []
        }
        #expect(pieces.next(most) == nil)
        #expect(read == Array(0..<next))
    }
}
