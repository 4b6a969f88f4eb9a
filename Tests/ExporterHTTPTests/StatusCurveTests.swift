import Testing

@testable import ExporterHTTP

@Suite("The curve of a day on the status page")
struct StatusCurveTests {
    private func curve(_ points: KeyValuePairs<Double, Int>) -> UsageCurve {
        UsageCurve(points.map { UsageCurve.Point(time: $0, seconds: $1) })
    }

    @Test("Between two points it goes straight; before the first, after the last and in a gap nothing is known")
    func between() {
        let curve = curve([0.25: 100, 0.29: 200, 0.5: 300, 0.54: 300, 0.75: 300])
        #expect(curve.seconds(at: 0.25) == 100)
        #expect(curve.seconds(at: 0.27) == 150)
        #expect(curve.seconds(at: 0.2) == nil)
        #expect(curve.seconds(at: 0.4) == nil)
        #expect(curve.seconds(at: 0.8) == nil)
        // What did not grow from one reading to the next stood still between them.
        #expect(curve.seconds(at: 0.6) == 300)
        #expect(UsageCurve.none.seconds(at: 0.5) == nil)
    }

    @Test("A sum is known where all of its parts are, and a part that was read earlier goes on with what it had")
    func sum() {
        let sum = UsageCurve.sum([.steady(3600, until: 0.5), .steady(7200, until: 0.75)], until: 0.75)
        #expect(sum.seconds(at: 0.5) == 12 * 3600 + 12 * 7200)
        #expect(sum.points.last == .init(time: 0.75, seconds: 12 * 3600 + 18 * 7200))
        #expect(sum.points.first?.time == 0)
        let late = UsageCurve.sum([.steady(3600), curve([0.5: 1, 0.52: 2, 0.54: 3])], until: 0.54)
        #expect(late.points.first == .init(time: 0.5, seconds: 12 * 3600 + 1))
        #expect(UsageCurve.sum([.steady(1), .none], until: 1) == .none)
        #expect(UsageCurve.sum([], until: 1) == .none)
    }

    @Test("However often a day was read, half an hour has one point: the newest")
    func drawn() {
        let curve = UsageCurve((0...2_000).map { .init(time: Double($0) / 2_000, seconds: $0) })
        #expect(curve.drawn.count == 50)
        #expect(curve.drawn.first?.seconds == 0)
        #expect(curve.drawn.last?.seconds == 2_000)
        #expect(UsageCurve.none.drawn.isEmpty)
    }
}
