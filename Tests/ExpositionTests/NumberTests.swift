import Testing
import TestSupport

@testable import Exposition

@Suite("Numbers")
struct NumberTests {
    @Test(
        "A whole number is written exactly",
        arguments: [
            (0, "0"), (7, "7"), (-7, "-7"), (10, "10"), (99, "99"), (100, "100"), (3600, "3600"),
            (9_007_199_254_740_993, "9007199254740993"), (.max, "9223372036854775807"), (.min, "-9223372036854775808"),
        ] as [(Int, String)]
    )
    func whole(_ value: Int, is text: String) {
        #expect(written(Sample([:], value)) == text)
    }

    @Test(
        "A floating point number is written in its shortest form",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (1.5, "1.5"), (-2.25, "-2.25"),
            (0.1 + 0.2, "0.30000000000000004"), (1e-5, "1e-05"), (1e6, "1000000"),
            (1_764_000_000.123, "1764000000.123"),
            (9_007_199_254_740_991, "9007199254740991"), (9_007_199_254_740_992, "9007199254740992"),
            (-9_007_199_254_740_992, "-9007199254740992"), (9_007_199_254_740_994, "9.007199254740994e+15"),
            (1e22, "1e+22"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.leastNonzeroMagnitude, "5e-324"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-.nan, "NaN"), (.signalingNaN, "NaN"),
        ] as [(Double, String)]
    )
    func floating(_ value: Double, is text: String) {
        #expect(written(Sample([:], value)) == text)
    }

    @Test(
        "A bound always looks like a float",
        arguments: [
            (0.25, "0.25"), (1, "1.0"), (10, "10.0"), (-1, "-1.0"), (0, "0.0"), (1e-5, "1e-05"), (1e6, "1000000.0"),
            (1e22, "1e+22"),
        ] as [(Double, String)]
    )
    func bound(_ value: Double, is text: String) {
        let family = MetricFamily("d", .histogram, help: "D.")
        let page = rendered([FamilySamples(family, [Sample([:], HistogramValue(upperBounds: [value]))])])
        #expect(page.contains("d_bucket{le=\"\(text)\"} 0\nd_bucket{le=\"+Inf\"} 0\n"))
    }

    @Test("Any floating point number reads back as itself")
    func roundTrip() {
        var generator = SeededGenerator(seed: 20261121)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            let text = written(Sample([:], value))
            #expect(Double(text)?.bitPattern == value.bitPattern)
        }
    }

    @Test("Any whole number reads back as itself, of any length")
    func wholeRoundTrip() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let value = Int(truncatingIfNeeded: generator.next()) >> Int.random(in: 0..<64, using: &generator)
            #expect(written(Sample([:], value)) == String(value))
        }
    }

    private func written(_ sample: Sample) -> String {
        let lines = FamilySamples(MetricFamily("a", .gauge, help: "A."), [sample]).lines
        return String(decoding: lines.dropFirst(2).dropLast(), as: UTF8.self)
    }
}
