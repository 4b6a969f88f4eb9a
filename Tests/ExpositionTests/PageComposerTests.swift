import NIOCore
import Testing
import TestSupport

@testable import Exposition

@Suite("A page that changes")
struct PageComposerTests {
    private static let families = ["small", "large", "other"].map {
        MetricFamily($0, .gauge, help: "About \($0).", labels: ["owner", "n"])
    }

    private func samples(_ family: Int, of owner: Int, count: Int, _ value: Int) -> EncodedFamily {
        EncodedFamily(
            FamilySamples(
                Self.families[family],
                (0..<count).map { Sample(["owner": "\(owner)", "n": "\($0)"], value + $0) }
            )
        )
    }

    @Test(
        "However owners come, change and go, the page is what they have now, and all four bodies agree",
        arguments: 0..<6
    )
    func anyOrder(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var composer = PageComposer<Int>(Self.families)
        var model: [Int: [Int: (count: Int, value: Int)]] = [:]
        for _ in 0..<12 {
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let owner = Int.random(in: 0..<60, using: &random)
                if Int.random(in: 0..<5, using: &random) == 0 {
                    composer.remove(owner)
                    model[owner] = nil
                } else {
                    var has: [Int: (count: Int, value: Int)] = [:]
                    for family in Self.families.indices where Bool.random(using: &random) {
                        let count = [0, 1, 20, 200, 2_000][Int.random(in: 0..<(family == 1 ? 5 : 4), using: &random)]
                        has[family] = (count, Int.random(in: 0..<3, using: &random))
                    }
                    composer.set(has.map { samples($0, of: owner, count: $1.count, $1.value) }, of: owner)
                    model[owner] = has
                }
            }
            try check(composer.page(), model)
        }
    }

    private func check(_ page: MetricsPage, _ model: [Int: [Int: (count: Int, value: Int)]]) throws {
        let text = page.body(format: .text, gzip: false).bytes
        var expected: [String] = []
        for (owner, has) in model {
            for (family, content) in has {
                expected += (0..<content.count).map {
                    "\(Self.families[family].name){owner=\"\(owner)\",n=\"\($0)\"} \(content.value + $0)"
                }
            }
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines.filter { !$0.hasPrefix("#") }.sorted() == expected.sorted())
        // Each family is told of once, before its samples.
        #expect(
            lines.count { $0.hasPrefix("# TYPE") }
                == Set(model.values.flatMap { has in has.filter { $1.count > 0 }.keys }).count
        )
        for format in ExpositionFormat.allCases {
            let unpacked = try #require(Gunzip(page.body(format: format, gzip: true).bytes))
            #expect(unpacked.bytes == page.body(format: format, gzip: false).bytes)
        }
    }

    @Test("A page that was made stays what it was")
    func snapshot() {
        var composer = PageComposer<Int>(Self.families)
        composer.set([samples(0, of: 1, count: 3, 1)], of: 1)
        let page = composer.page()
        let before = page.body(format: .text, gzip: false).bytes
        composer.set([samples(0, of: 1, count: 3, 2)], of: 1)
        composer.set([samples(1, of: 2, count: 3_000, 2)], of: 2)
        _ = composer.page()
        #expect(page.body(format: .text, gzip: false).bytes == before)
    }

    @Test("What one owner of a thousand changes concerns a few pieces, the others are the same memory")
    func proportion() {
        var composer = PageComposer<Int>(Self.families)
        for owner in 0..<1_000 {
            composer.set([samples(0, of: owner, count: 6, 1), samples(2, of: owner, count: 6, 1)], of: owner)
        }
        for owner in 0..<20 { composer.set([samples(1, of: owner, count: 2_000, 1)], of: 10_000 + owner) }
        for gzip in [false, true] {
            let before = Set(composer.page().body(format: .text, gzip: gzip).pieces.map(address))
            composer.set([samples(0, of: 500, count: 6, gzip ? 3 : 2), samples(2, of: 500, count: 6, 1)], of: 500)
            let after = composer.page().body(format: .text, gzip: gzip).pieces.map(address)
            #expect(before.count > 30)
            // The owner's group, the response's end, and what is so small that it is copied together.
            #expect(after.count { !before.contains($0) } <= 5)
        }
    }

    @Test("Lines that are the same as before change nothing")
    func unchanged() {
        var composer = PageComposer<Int>(Self.families)
        for owner in 0..<300 { composer.set([samples(0, of: owner, count: 6, 1)], of: owner) }
        let before = composer.page().body(format: .text, gzip: false).pieces.map(address)
        for owner in 0..<300 { composer.set([samples(0, of: owner, count: 6, 1)], of: owner) }
        #expect(composer.page().body(format: .text, gzip: false).pieces.map(address) == before)
    }

    @Test("Text and OpenMetrics share the bytes of samples")
    func sharedByFormats() {
        var composer = PageComposer<Int>(Self.families)
        composer.set([samples(1, of: 1, count: 20_000, 1)], of: 1)
        let page = composer.page()
        for gzip in [false, true] {
            let text = Set(page.body(format: .text, gzip: gzip).pieces.map(address))
            let openMetrics = page.body(format: .openMetrics, gzip: gzip).pieces.map(address)
            #expect(openMetrics.count { !text.contains($0) } <= 2)
        }
    }

    @Test("Families stand in their order, others behind them, and what is empty is left out")
    func order() {
        var composer = PageComposer<Int>(Self.families)
        let late = MetricFamily("late", .gauge, help: "Late.")
        composer.set([EncodedFamily(FamilySamples(late, [Sample([:], 1)])), samples(2, of: 1, count: 1, 1)], of: 1)
        composer.set([samples(0, of: 2, count: 1, 1), samples(1, of: 2, count: 0, 1)], of: 2)
        let text = String(decoding: composer.page().body(format: .text, gzip: false).bytes, as: UTF8.self)
        let names = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] }
        #expect(names == ["small", "other", "late"])
    }

    private func address(_ piece: ByteBuffer) -> Int {
        unsafe piece.withUnsafeReadableBytes { Int(bitPattern: $0.baseAddress) }
    }
}
