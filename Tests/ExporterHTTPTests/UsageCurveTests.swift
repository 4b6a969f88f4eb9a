import Testing

@testable import ExporterHTTP

@Suite("The curve of a day")
struct UsageCurveTests {
    private func points(_ points: KeyValuePairs<Double, Int>) -> [UsageCurve.Point] {
        points.map { UsageCurve.Point(time: $0, seconds: $1) }
    }

    @Test("It stands on the scale of the higher of both days, and its end is where the day has come to")
    func drawn() throws {
        let curve = try #require(
            UsageCurve(day: points([0: 0, 0.25: 50, 0.5: 100]), dayBefore: points([0: 0, 0.5: 40, 1: 200]))
        )
        #expect(curve.svg.contains("<polyline class=\"day\" points=\"0,19 24,14 48,10\"/>"))
        #expect(curve.svg.contains("<polyline class=\"before\" points=\"0,19 48,15 96,1\"/>"))
    }

    @Test("A day that was read once is no curve")
    func once() throws {
        #expect(UsageCurve(day: points([0.5: 7]), dayBefore: []) == nil)
        let curve = try #require(UsageCurve(day: points([0.5: 7]), dayBefore: points([0.1: 1, 0.9: 2])))
        #expect(!curve.svg.contains("class=\"day\""))
    }

    @Test("However often a day was read, half an hour has one point: the newest")
    func thinned() throws {
        let many = (0...2_000).map { UsageCurve.Point(time: Double($0) / 2_000, seconds: $0) }
        let curve = try #require(UsageCurve(day: many, dayBefore: []))
        #expect(curve.svg.split(separator: " ").count < 80)
        #expect(curve.svg.contains("96,1\""))
    }

    @Test("A day without usage is a line at the bottom")
    func nothing() throws {
        let curve = try #require(UsageCurve(day: points([0: 0, 1: 0]), dayBefore: []))
        #expect(curve.svg.contains("points=\"0,19 96,19\""))
    }
}
