/// How an app's usage day grew, beside the day before: a small picture on the status page.
public struct UsageCurve: Hashable, Sendable {
    /// What was known of the day at one moment of it.
    public struct Point: Hashable, Sendable {
        /// The part of the day that was over, from 0 to 1.
        public let time: Double
        /// The participant-seconds until then.
        public let seconds: Int

        /// A point of the curve.
        public init(time: Double, seconds: Int) {
            self.time = time
            self.seconds = seconds
        }
    }

    private let day: [Point]
    private let dayBefore: [Point]

    /// The curves of a day and of the day before, in the order of time; `nil` when there is nothing to draw. A day that was
    /// read once is no curve.
    public init?(day: [Point], dayBefore: [Point]) {
        self.day = Self.thinned(day)
        self.dayBefore = Self.thinned(dayBefore)
        guard !self.day.isEmpty || !self.dayBefore.isEmpty else { return nil }
    }

    /// A point for each half hour is all that can be seen.
    private static func thinned(_ points: [Point]) -> [Point] {
        let newest = Dictionary(points.map { (Int($0.time * 48), $0) }) { $1 }
        return newest.count > 1 ? newest.sorted { $0.key < $1.key }.map(\.value) : []
    }

    /// A picture of 96 by 20, which a browser may stretch.
    var svg: String {
        let highest = max(1, (day + dayBefore).map(\.seconds).max() ?? 1)
        return """
            <svg class="curve" viewBox="0 0 96 20" preserveAspectRatio="none" role="img" \
            aria-label="The day so far as it was read, beside the day before">\
            \(line(dayBefore, "before", highest))\(line(day, "day", highest))</svg>
            """
    }

    private func line(_ points: [Point], _ name: String, _ highest: Int) -> String {
        guard !points.isEmpty else { return "" }
        let places = points.map { point in
            let height = 19 - Int((Double(point.seconds) / Double(highest) * 18).rounded())
            return "\(Int((point.time * 96).rounded())),\(height)"
        }
        return "<polyline class=\"\(name)\" points=\"\(places.joined(separator: " "))\"/>"
    }
}
