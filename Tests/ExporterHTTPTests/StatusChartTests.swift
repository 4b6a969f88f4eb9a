import Testing
import Usage

@testable import ExporterHTTP

@Suite("Charts of the status page")
struct StatusChartTests {
    @Test(
        "An axis has one to four round steps up to what is above the highest figure",
        arguments: [
            (0, [60]), (60, [60]), (61, [60, 120]), (240, [60, 120, 180, 240]), (241, [120, 240, 360]),
            (3600, [1200, 2400, 3600]), (3601, [1200, 2400, 3600, 4800]), (36_000, [18_000, 36_000]),
            (144_000, [36_000, 72_000, 108_000, 144_000]), (4_320_000, [1_800_000, 3_600_000, 5_400_000]),
        ]
    )
    func scale(_ highest: Int, has ticks: [Int]) {
        #expect(ChartScale(highest: highest).ticks == ticks)
    }

    @Test("Any figure fits on a scale", arguments: (0..<60).map { 1 << $0 })
    func anyScale(_ highest: Int) {
        let scale = ChartScale(highest: highest)
        #expect(scale.top >= highest && (1...4).contains(scale.ticks.count) && scale.ticks.last == scale.top)
    }

    @Test(
        "Round figures have short names",
        arguments: [
            (1200, "20 min"), (3600, "1 h"), (72_000_000, "20,000 h"), (720_000_000, "200k h"),
            (360_000_000_000, "100M h"),
        ]
    )
    func tick(_ seconds: Int, isCalled text: String) {
        #expect(ChartScale.text(seconds) == text)
    }

    @Test("A day's curves, its end, the end of the day before and the expected band stand on one scale")
    func day() throws {
        let chart = DayChart(day: .example(), label: "")
        let (frame, top) = (chart.frame, chart.scale.top)
        #expect(top == 7_200_000)
        // 20 hours of 24 and 1,200 h of 2,000.
        #expect(chart.end == ChartPlace(x: 64 + 313, y: 128 - 71))
        #expect(chart.line.first == ChartPlace(x: 64, y: 128))
        #expect(chart.line.last == chart.end)
        #expect(chart.lineBefore.last == ChartPlace(x: 440, y: 128 - 71))
        #expect(chart.endBefore == chart.lineBefore.last)
        let band = try #require(chart.band)
        #expect([band.upper, band.middle, band.lower] == [6, 5, 4].map { frame.y($0 * 1_000_000, of: top) })
        #expect(band.upper < band.middle && band.middle < band.lower)
    }

    @Test("All that is drawn stays inside of the picture", arguments: [0, 1, 59, 4_320_000, 1 << 50])
    func inside(_ seconds: Int) {
        var day = DayProgress.example(seconds: seconds)
        day.curve = UsageCurve(day.curve.points + [.init(time: day.part, seconds: seconds)])
        let chart = DayChart(day: day, label: "")
        for place in chart.line + chart.lineBefore + [chart.end] {
            #expect((64...440).contains(place.x) && (10...128).contains(place.y))
        }
    }

    @Test("What is not known is not drawn: no curve, no band, no end of the day before, and the day is a dot")
    func sparse() throws {
        var day = DayProgress(day: .november(21), seconds: 3600, through: .noon)
        let chart = DayChart(day: day, label: "x")
        #expect(chart.line.isEmpty && chart.lineBefore.isEmpty && chart.band == nil && chart.endBefore == nil)
        let picture = try HTMLDocument("<!DOCTYPE html>\n" + chart.svg)
        #expect(picture.all("polyline").isEmpty && picture.all("rect").isEmpty)
        #expect(picture.all("circle").count == 1)
        day.curve = UsageCurve([.init(time: 0.5, seconds: 7)])
        #expect(RowChart(day: day, label: "x").svg.isEmpty)
    }

    @Test("A bar is as high as its day, provisional and running ones are drawn apart, and missing ones have a mark")
    func bars() throws {
        let month = MonthProgress.example
        let chart = BarChart(days: month.days, slots: month.length, label: "x")
        #expect(chart.top == 360_000 && chart.bars.count == 21)
        #expect(chart.bars[0].y == chart.frame.y(360_000, of: chart.top))
        #expect(chart.bars[0].before == chart.frame.y(300_000, of: chart.top))
        #expect(chart.bars[2] == .init(state: .missing, x: chart.x(ofSlot: 2), y: nil, before: chart.bars[1].before))
        #expect(chart.bars.map(\.x) == chart.bars.map(\.x).sorted())
        #expect(Set(chart.bars.map(\.x)).count == 21)
        #expect(chart.x(ofSlot: 0) >= 64 && chart.x(ofSlot: 29) + chart.barWidth <= 440)
        let paths = try HTMLDocument("<!DOCTYPE html>\n" + chart.svg).all("path")
        #expect(bars(paths, "settled") == 18)
        #expect(bars(paths, "provisional") == 1)
        #expect(bars(paths, "running") == 1)
        #expect(paths.count { $0.attributes["class"] == "missing" } == 1)
        #expect(paths.first { $0.attributes["class"] == "before" }?.attributes["d"]?.split(separator: "M").count == 9)
    }

    private func bars(_ paths: [HTMLDocument.Element], _ kind: String) -> Int {
        paths.first { $0.attributes["class"] == kind }?.attributes["d"]?.split(separator: "z").count ?? 0
    }

    @Test("A day that some apps lack has the bar of the others and the mark")
    func partly() throws {
        let day = DayBar(day: .november(3), seconds: 3600, state: .missing)
        let paths = try HTMLDocument("<!DOCTYPE html>\n" + BarChart(days: [day], slots: 1, label: "x").svg).all("path")
        #expect(bars(paths, "provisional") == 1)
        #expect(paths.contains { $0.attributes["class"] == "missing" })
    }

    @Test("A day without usage is a thin bar, which a missing day has not")
    func none() {
        let days = [
            DayBar(day: .november(1), seconds: 0, state: .settled),
            DayBar(day: .november(2), seconds: nil, state: .missing),
        ]
        let chart = BarChart(days: days, slots: 2, label: "x", frame: .line)
        #expect(chart.bars.map(\.y) == [chart.frame.floor, nil])
        #expect(chart.svg.contains("V\(chart.frame.floor - 1)h"))
    }

    @Test("A name in a chart's text is text")
    func label() throws {
        for text in hostileTexts {
            let svg = ChartFrame.card.svg("chart", text, "")
            let picture = try HTMLDocument("<!DOCTYPE html>\n" + svg)
            #expect(picture.elements.count == 1)
            #expect(picture.elements[0].attributes["aria-label"] == text.replacing("\u{2028}", with: "\u{FFFD}"))
        }
    }
}
