/// A day so far as a line of a table: the curves alone.
struct RowChart {
    let day: DayProgress
    let label: String
    private let frame = ChartFrame.line

    init(day: DayProgress, label: String) {
        self.day = day
        self.label = label
    }

    private var top: Int {
        max(1, (day.curve.points + day.curveBefore.points).map(\.seconds).max() ?? 0, day.seconds)
    }

    var line: [ChartPlace] { day.curve.drawn.map { frame.place($0, of: top) } }

    var lineBefore: [ChartPlace] { day.curveBefore.drawn.map { frame.place($0, of: top) } }

    /// Empty when no curve is known that can be seen.
    var svg: String {
        guard [line, lineBefore].contains(where: Self.canBeSeen) else { return "" }
        let end = ChartPlace(x: frame.x(day.part), y: frame.y(day.seconds, of: top))
        let marks =
            ChartAxis.floor(frame) + ChartFrame.line(lineBefore, "before") + ChartFrame.line(line, "now")
            + ChartFrame.dot(end, "dot", radius: 2)
        return frame.svg("spark", label, marks)
    }

    private static func canBeSeen(_ line: [ChartPlace]) -> Bool {
        guard let first = line.first, let last = line.last else { return false }
        return last.x - first.x >= 4
    }
}
