import Testing
import TestSupport

@testable import Exposition

@Suite("Checksums of parts")
struct ChecksumTests {
    @Test("The published check value of CRC-32 comes out")
    func known() {
        #expect(Checksum(of: Array("123456789".utf8)).value == 0xcbf4_3926)
        #expect(Checksum(of: []) == Checksum())
    }

    @Test("Parts that change one by one have the checksum of the whole at each moment", arguments: 0..<20)
    func tree(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        func part() -> [UInt8] {
            (0..<Int.random(in: 0...50, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        var parts = (0..<Int.random(in: 0...40, using: &random)).map { _ in part() }
        var tree = ChecksumTree(parts.map { Checksum(of: $0) })
        #expect(tree.whole == Checksum(of: Array(parts.joined())))
        for _ in 0..<30 where !parts.isEmpty {
            let place = Int.random(in: 0..<parts.count, using: &random)
            parts[place] = part()
            tree[place] = Checksum(of: parts[place])
            #expect(tree.whole == Checksum(of: Array(parts.joined())))
        }
    }
}
