import Usage

/// A day so far as a picture: its curve, that of the day before, and what is expected of the whole day.
struct DayChart {
    let day: DayProgress
    let label: String
    var frame = ChartFrame.card

    /// Wide enough for all that is drawn.
    var scale: ChartScale {
        let points = (day.curve.points + day.curveBefore.points).map(\.seconds)
        return ChartScale(
            highest: ([day.seconds, day.secondsBefore ?? 0, day.expected?.high ?? 0] + points).max() ?? 0
        )
    }

    /// The curve of the day.
    var line: [ChartPlace] { day.curve.drawn.map { frame.place($0, of: scale.top) } }

    /// The curve of the day before.
    var lineBefore: [ChartPlace] { day.curveBefore.drawn.map { frame.place($0, of: scale.top) } }

    /// Where the day has come to.
    var end: ChartPlace { ChartPlace(x: frame.x(day.part), y: frame.y(day.seconds, of: scale.top)) }

    /// Where the day before ended.
    var endBefore: ChartPlace? {
        day.secondsBefore.map { ChartPlace(x: frame.width, y: frame.y($0, of: scale.top)) }
    }

    /// From the least to the most that is expected, and what is likeliest.
    var band: (upper: Int, middle: Int, lower: Int)? {
        let top = scale.top
        return day.expected.map { (frame.y($0.high, of: top), frame.y($0.middle, of: top), frame.y($0.low, of: top)) }
    }

    var svg: String {
        let marks = [
            bandMark, ChartAxis.lines(scale, frame), ChartFrame.line(lineBefore, "before"), endMark,
            ChartFrame.line(line, "now"), ChartFrame.dot(end, "dot", radius: 4), hours,
        ]
        return frame.svg("chart", label, marks.joined())
    }

    /// The day before ends in a short line at the edge, also when its course is not known.
    private var endMark: String {
        endBefore.map { "<path class=\"end\" d=\"M\($0.x - 10) \($0.y)h10\"/>" } ?? ""
    }

    private var bandMark: String {
        guard let band else { return "" }
        return "<rect class=\"band\" x=\"\(frame.left)\" y=\"\(band.upper)\" width=\"\(frame.span)\" "
            + "height=\"\(max(1, band.lower - band.upper))\"/>"
            + "<path class=\"likely\" d=\"M\(frame.left) \(band.middle)h\(frame.span)\"/>"
    }

    private var hours: String {
        ["00:00", "06:00", "12:00", "18:00", "24:00"].enumerated().map { place, text in
            ChartAxis.text(text, x: frame.x(Double(place) / 4), in: frame)
        }
        .joined()
    }
}
