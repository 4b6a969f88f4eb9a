/// What frames the figures of a chart.
enum ChartAxis {
    /// A line for each round figure, with the figure beside it, and one for zero.
    static func lines(_ scale: ChartScale, _ frame: ChartFrame) -> String {
        let ticks = scale.ticks.map { tick in
            let y = frame.y(tick, of: scale.top)
            return "<path class=\"grid\" d=\"M\(frame.left) \(y)h\(frame.span)\"/>"
                + "<text x=\"\(frame.left - 8)\" y=\"\(y + 4)\" text-anchor=\"end\">"
                + "\(ChartScale.text(tick))</text>"
        }
        return ticks.joined() + floor(frame)
    }

    /// A line for zero.
    static func floor(_ frame: ChartFrame) -> String {
        "<path class=\"floor\" d=\"M\(frame.left) \(frame.floor)h\(frame.span)\"/>"
    }

    /// A text below the axis, which stays inside the picture.
    static func text(_ text: String, x: Int, in frame: ChartFrame) -> String {
        let anchor = x > frame.width - 16 ? "end" : "middle"
        return "<text x=\"\(x)\" y=\"\(frame.height - 6)\" text-anchor=\"\(anchor)\">\(text)</text>"
    }
}
