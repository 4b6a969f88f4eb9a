import CZlib
import Testing
import TestSupport

@testable import Exposition

@Suite("Deflate")
struct DeflateTests {
    @Test("A code can be read back, is no longer than allowed, and wastes nothing", arguments: 0..<200)
    func codes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let limit = [7, 15][seed % 2]
        let steep = seed % 3 == 0
        let symbols = Int.random(in: 2...(limit == 7 ? 19 : 286), using: &random)
        // Frequencies that double from symbol to symbol would make codes as long as there are symbols.
        let frequencies: [UInt32] = (0..<symbols).map { symbol in
            steep ? UInt32(1) << UInt32(min(symbol, 30)) : UInt32.random(in: 0...1000, using: &random)
        }
        let code = HuffmanCode(frequencies: frequencies, limit: limit)
        for (symbol, frequency) in frequencies.enumerated() {
            #expect((code.lengths[symbol] > 0) == (frequency > 0))
            #expect(code.lengths[symbol] <= limit)
        }
        let used = code.lengths.filter { $0 > 0 }
        let space = used.reduce(0) { $0 + 1 << (limit - Int($1)) }
        #expect(space == (used.count > 1 ? 1 << limit : 1 << (limit - 1)))
        let distinct = Set(zip(code.bits, code.lengths).filter { $0.1 > 0 }.map { "\($0.0)/\($0.1)" })
        #expect(distinct.count == used.count)
    }

    @Test("No symbols and a single symbol have codes too")
    func fewSymbols() {
        #expect(HuffmanCode(frequencies: [0, 0], limit: 15).lengths == [0, 0])
        #expect(HuffmanCode(frequencies: [0, 9], limit: 15).lengths == [0, 1])
    }

    @Test("Every length and every distance that can be said is read back as it was said")
    func everyCopy() throws {
        // Sixteen bits of a counter make places of the text tell themselves apart.
        let size = DeflateStep.farthest + 40_000
        var text = ByteWriter(capacity: size)
        for place in 0..<size { text.append(UInt8(truncatingIfNeeded: place / 251 &* 31 &+ place % 251)) }
        var whole = text.bytes()
        var steps = DeflateSteps()
        for (length, distance) in Self.copies {
            let start = whole.count
            for _ in 0..<length { whole.append(whole[whole.count - distance]) }
            steps.copy(from: start, length, back: distance)
        }
        steps.finish(whole.count)
        var all = ByteWriter(capacity: whole.count)
        all.append(whole)
        let deflated = DeflateBlock.deflate(all, steps).bytes() + [3, 0]
        #expect(inflated(deflated) == whole)
        #expect(deflated.count < whole.count / 2)
    }

    /// All lengths, some longer than one copy can be, and distances on both sides of each border between symbols.
    private static let copies: [(length: Int, distance: Int)] = {
        var copies: [(length: Int, distance: Int)] = []
        for length in 3...600 { copies.append((length, 1 + length * 53)) }
        for power in 0...14 {
            let lower = 1 << power
            let middle = lower + lower / 2
            for distance in Set([lower, lower + 1, middle, middle + 1, lower * 2]).sorted() {
                copies += [(3, distance), (258, distance)]
            }
        }
        return copies
    }()

    @Test("What cannot be said as a copy is left to the literals")
    func impossibleCopies() throws {
        var text = ByteWriter(capacity: 1 << 16)
        for place in 0..<40_000 { text.append(UInt8(truncatingIfNeeded: place &* 7)) }
        var steps = DeflateSteps()
        steps.copy(from: 10, 2, back: 5)
        steps.copy(from: 39_000, 100, back: 32_769)
        steps.finish(text.count)
        #expect(steps.steps.count == 1)
        #expect(inflated(DeflateBlock.deflate(text, steps).bytes() + [3, 0]) == text.bytes())
    }

    @Test("Without memory for zlib the bytes are stored as they are", arguments: [0, 1, 65_535, 65_536, 200_000])
    func stored(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        var output = ByteWriter()
        store(bytes, isLast: true, &output)
        #expect(inflated(output.bytes()) == bytes)
        var open = ByteWriter()
        store(bytes, isLast: false, &open)
        #expect(inflated(open.bytes() + [3, 0]) == bytes)
    }

    /// What zlib makes of raw deflate blocks; `nil` when they are wrong or there is something after the last one.
    private func inflated(_ deflated: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { unsafe inflateEnd(&stream) }
        var (input, output) = (deflated, [UInt8](repeating: 0, count: 1 << 22))
        let status = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { room in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = room.baseAddress
                unsafe stream.avail_out = UInt32(room.count)
                return unsafe inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, unsafe stream.avail_in == 0 else { return nil }
        return Array(output.prefix(Int(unsafe stream.total_out)))
    }
}
