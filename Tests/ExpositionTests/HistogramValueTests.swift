import Exposition
import Testing

@Suite("Histograms")
struct HistogramValueTests {
    @Test("A bound belongs to its bucket")
    func observing() {
        var value = HistogramValue(upperBounds: [1, 2])
        for seconds in [-1, 1, 1.5, 2, 2.000001, .infinity] { value.observe(seconds) }
        #expect(value.bucketCounts == [2, 2, 2])
        #expect(value.count == 6)
        #expect(value.sum == .infinity)
    }

    @Test("Not-a-number is no observation")
    func notANumber() {
        var value = HistogramValue(upperBounds: [1])
        value.observe(.nan)
        #expect(value == HistogramValue(upperBounds: [1]))
    }

    @Test("Bounds are put in order, and repeated and infinite ones left out")
    func bounds() {
        #expect(HistogramValue(upperBounds: [2, 1, .infinity, 2, .nan]).upperBounds == [1, 2])
        #expect(HistogramValue(upperBounds: []).bucketCounts == [0])
    }

    @Test("Counts from elsewhere are taken as they are")
    func counted() throws {
        let value = try #require(HistogramValue(upperBounds: [1, 2], bucketCounts: [3, 0, 4], sum: 20.5))
        #expect(value.count == 7)
        #expect(value.sum == 20.5)
    }

    @Test(
        "Counts that are no histogram are refused",
        arguments: [
            ([2, 1], [0, 0, 0]), ([1, 1], [0, 0, 0]), ([1, .infinity], [0, 0, 0]), ([.nan], [0, 0]), ([1], [0]),
            ([1], [0, 0, 0]),
            ([1], [-1, 0]), ([1], [.max, 1]), ([], []),
        ] as [([Double], [Int])]
    )
    func refused(bounds: [Double], counts: [Int]) {
        #expect(HistogramValue(upperBounds: bounds, bucketCounts: counts, sum: 0) == nil)
    }
}
