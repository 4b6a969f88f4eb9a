/// A place in a chart, in its own units.
struct ChartPlace: Hashable, CustomStringConvertible {
    let x: Int
    let y: Int

    /// As the lists of points in SVG have it.
    var description: String { "\(x),\(y)" }
}

/// The part of a chart in which figures are drawn, and what stands for what.
struct ChartFrame: Hashable {
    let width: Int
    let height: Int
    /// Room for text at the left of what is drawn.
    var left = 0
    /// Room for text above the highest figure and below the axis.
    var top = 0
    var bottom = 0

    /// The chart of a card: text in it can be read at any width that a page has.
    static let card = ChartFrame(width: 440, height: 150, left: 64, top: 10, bottom: 22)
    /// A line of a table.
    static let line = ChartFrame(width: 96, height: 22, top: 2, bottom: 2)

    /// How wide the part is in which figures are drawn.
    var span: Int { width - left }

    /// Where zero is.
    var floor: Int { height - bottom }

    /// How far down a figure is, with `top` at the upper edge.
    func y(_ seconds: Int, of top: Int) -> Int {
        let share = top > 0 ? Double(seconds) / Double(top) : 0
        return floor - Int((min(max(share, 0), 1) * Double(floor - self.top)).rounded())
    }

    /// Where a part of a day is.
    func x(_ part: Double) -> Int { left + Int((part * Double(span)).rounded()) }

    func place(_ point: UsageCurve.Point, of top: Int) -> ChartPlace {
        ChartPlace(x: x(point.time), y: y(point.seconds, of: top))
    }

    /// The box of the picture and its alternative text.
    func svg(_ kind: String, _ label: String, _ content: String) -> String {
        "<svg class=\"\(kind)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"\(HTMLText(label))\">\(content)</svg>"
    }

    static func line(_ places: [ChartPlace], _ kind: String) -> String {
        guard places.count > 1 else { return "" }
        return "<polyline class=\"\(kind)\" points=\"\(places.map(\.description).joined(separator: " "))\"/>"
    }

    static func dot(_ place: ChartPlace, _ kind: String, radius: Int) -> String {
        "<circle class=\"\(kind)\" cx=\"\(place.x)\" cy=\"\(place.y)\" r=\"\(radius)\"/>"
    }
}
