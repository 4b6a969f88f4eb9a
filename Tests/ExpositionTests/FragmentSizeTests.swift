import TestSupport
import Testing

@testable import Exposition

@Suite("Lines that are about as large as a fragment")
struct FragmentSizeTests {
    private static let family = MetricFamily("usage", .gauge, help: "H.", labels: ["owner"])
    /// On both sides of what makes a fragment of its own, of half of it, and far from both.
    private static let sizes = [40, 300, 8_191, 8_192, 8_193, 16_383, 16_384, 16_385, 40_000]

    @Test("Owners that grow and shrink across the limits stand in order, in no more pieces than pay", arguments: 0..<6)
    func acrossLimits(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let owners = [3, 20, 60][seed % 3]
        var composer = PageComposer<Int>([Self.family])
        var model: [Int: [UInt8]] = [:]
        for _ in 0..<8 {
            for _ in 0..<([1, 2, 20, owners].randomElement(using: &random) ?? 1) {
                let owner = Int.random(in: 0..<owners, using: &random)
                let isGone = Int.random(in: 0..<4, using: &random) == 0
                model[owner] = isGone ? nil : lines(of: owner, Self.sizes.randomElement(using: &random) ?? 40)
                composer.set([EncodedFamily(Self.family, lines: model[owner] ?? [])], of: owner)
            }
            try check(composer.page(), model)
        }
    }

    /// One line of so many bytes.
    private func lines(of owner: Int, _ size: Int) -> [UInt8] {
        let (start, end) = ("usage{owner=\"\(owner)", "\"} \(size % 7)\n")
        return Array((start + String(repeating: "x", count: size - start.utf8.count - end.utf8.count) + end).utf8)
    }

    private func check(_ page: MetricsPage, _ model: [Int: [UInt8]]) throws {
        let ordered = model.sorted { $0.key < $1.key }.map(\.value)
        let (small, large) = (
            ordered.filter { $0.count < EncodedFamily.large }, ordered.filter { $0.count >= EncodedFamily.large }
        )
        let expected = (model.isEmpty ? [] : Self.family.metadata(.text)) + (small + large).joined()
        let body = page.body(format: .text, gzip: false)
        #expect(body.bytes == expected)
        #expect(try #require(Gunzip(page.body(format: .text, gzip: true).bytes)).bytes == expected)
        // What is said of the family, the small owners' last group, which may be smaller than the others, and those.
        let smallSize = small.reduce(0) { $0 + $1.count }
        #expect(body.pieces.count <= 2 + smallSize / EncodedFamily.large + large.count)
    }
}
