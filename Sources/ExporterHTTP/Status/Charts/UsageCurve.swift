/// How the usage of a day grew, as far as that is known.
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

    /// Nothing is known.
    public static let none = UsageCurve([])
    /// The curve of a sum has a point at each half hour.
    private static let steps = 48
    /// Between points that are further apart than an hour and a half nobody knows how the day went; an app that is read every
    /// hour has a curve.
    private static let widestGap = 1.5 / 24

    /// The points in the order of time.
    public let points: [Point]

    /// A curve through points, given in any order.
    public init(_ points: [Point]) {
        self.points = points.sorted { $0.time < $1.time }
    }

    /// The curve of a day without any usage.
    public static func flat(until time: Double) -> UsageCurve {
        UsageCurve([Point(time: 0, seconds: 0), Point(time: time, seconds: 0)])
    }

    /// The participant-seconds at a moment between two points; `nil` where that would be a guess.
    public func seconds(at time: Double) -> Int? {
        guard let next = points.firstIndex(where: { $0.time >= time }) else { return nil }
        guard points[next].time > time else { return points[next].seconds }
        guard next > 0 else { return nil }
        let (left, right) = (points[next - 1], points[next])
        guard right.time - left.time <= Self.widestGap || left.seconds == right.seconds else { return nil }
        let share = (time - left.time) / (right.time - left.time)
        return left.seconds + Int((Double(right.seconds - left.seconds) * share).rounded())
    }

    /// The sum of several curves: known where each of them is, and after its end each goes on with what was told last.
    ///
    /// - Parameters:
    ///   - curves: One for each app; without any nothing is known.
    ///   - end: The part of the day that is over.
    /// - Returns: A point for each half hour and one for the end.
    public static func sum(_ curves: [UsageCurve], until end: Double) -> UsageCurve {
        guard !curves.isEmpty else { return .none }
        let times = (0...steps).map { Double($0) / Double(steps) }.filter { $0 < end } + [end]
        return UsageCurve(
            times.compactMap { time in
                var sum = 0
                for curve in curves {
                    guard let seconds = curve.lastSeconds(at: time) else { return nil }
                    sum += seconds
                }
                return Point(time: time, seconds: sum)
            }
        )
    }

    private func lastSeconds(at time: Double) -> Int? {
        guard let last = points.last, time > last.time else { return seconds(at: time) }
        return last.seconds
    }

    /// The points that can be seen: the newest of each half hour, and the first one.
    var drawn: [Point] {
        var drawn: [Point] = []
        for point in points {
            let isSameStep = drawn.last.map { Self.step(of: $0) == Self.step(of: point) } ?? false
            if isSameStep, drawn.count > 1 { drawn.removeLast() }
            drawn.append(point)
        }
        return drawn
    }

    private static func step(of point: Point) -> Int { Int(point.time * Double(steps)) }
}
