import Usage

/// Days as bars: settled ones full, provisional ones lighter, missing ones as a mark; and what the same days of the month
/// before had as short lines.
struct BarChart {
    /// A bar, or the mark of a day without one.
    struct Bar: Hashable {
        let state: DayBar.State
        let x: Int
        /// The upper end; `nil` when the figure is not known.
        let y: Int?
        /// The height at which the month before was.
        let before: Int?
    }

    let days: [DayBar]
    /// How many places there are, some of which may be left for days to come.
    let slots: Int
    /// What stands below a place, by its number from 0.
    var texts: [(slot: Int, text: String)] = []
    let label: String
    var frame = ChartFrame.card

    var scale: ChartScale {
        ChartScale(highest: days.flatMap { [$0.seconds ?? 0, $0.before ?? 0] }.max() ?? 0)
    }

    /// The top of a small picture is its highest figure; a large one has round figures at its side.
    var top: Int {
        guard frame == .line else { return scale.top }
        return max(1, days.compactMap(\.seconds).max() ?? 0)
    }

    /// A place and the gap beside it.
    private var pitch: Double { Double(frame.span) / Double(max(1, slots)) }

    var barWidth: Int { max(1, Int((pitch * 0.72).rounded())) }

    func x(ofSlot slot: Int) -> Int {
        frame.left + Int((Double(slot) * pitch + (pitch - Double(barWidth)) / 2).rounded())
    }

    var bars: [Bar] {
        days.enumerated().map { slot, day in
            Bar(
                state: day.state,
                x: x(ofSlot: slot),
                y: day.seconds.map { frame.y($0, of: top) },
                before: day.before.map { frame.y($0, of: top) }
            )
        }
    }

    var svg: String {
        guard frame != .line else {
            return frame.svg("spark", label, ChartAxis.floor(frame) + marks(bars, withBefore: false))
        }
        let texts = texts.map { ChartAxis.text($0.text, x: x(ofSlot: $0.slot) + barWidth / 2, in: frame) }.joined()
        return frame.svg("chart", label, ChartAxis.lines(scale, frame) + marks(bars, withBefore: true) + texts)
    }

    /// One path for all bars of a kind keeps the page small.
    private func marks(_ bars: [Bar], withBefore: Bool) -> String {
        let kinds: [DayBar.State] = [.settled, .provisional, .running]
        let filled = kinds.map { state in
            path(state.rawValue, bars.filter { $0.state == state }.compactMap(outline))
        }
        let partly = path("provisional", bars.filter { $0.state == .missing }.compactMap(outline))
        let missing = path("missing", bars.filter { $0.state == .missing }.map(cross))
        let before = path("before", withBefore ? bars.compactMap(tick) : [])
        return filled.joined() + partly + missing + before
    }

    private func path(_ kind: String, _ pieces: [String]) -> String {
        pieces.isEmpty ? "" : "<path class=\"\(kind)\" d=\"\(pieces.joined())\"/>"
    }

    private func outline(_ bar: Bar) -> String? {
        // A figure above zero can be seen, however small it is; none at all is a thin line.
        bar.y.map { "M\(bar.x) \(frame.floor)V\(min($0, frame.floor - 1))h\(barWidth)V\(frame.floor)z" }
    }

    private func cross(_ bar: Bar) -> String {
        let (size, y) = (max(2, min(6, barWidth)), frame.floor - 2)
        let left = bar.x + (barWidth - size) / 2
        return "M\(left) \(y - size)l\(size) \(size)m0 -\(size)l-\(size) \(size)"
    }

    private func tick(_ bar: Bar) -> String? {
        bar.before.map { "M\(bar.x - 1) \($0)h\(barWidth + 2)" }
    }
}
