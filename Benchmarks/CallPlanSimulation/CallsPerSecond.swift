/// How many calls of all budgets together start in each second.
package struct CallsPerSecond: Sendable {
    /// A peak and what it stands out from.
    package struct Peak: Sendable {
        /// The most calls in one second.
        package var calls: Int
        /// The mean of the ten minutes around it.
        package var mean: Double
        /// The second of the uptime.
        package var second: Int
    }

    private var counts: [Int32] = []

    mutating func note(at uptime: Duration) {
        let second = uptime.wholeSeconds
        if second >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: second + 3600 - counts.count))
        }
        counts[second] += 1
    }

    mutating func add(_ other: CallsPerSecond) {
        let missing = max(0, other.counts.count - counts.count)
        counts.append(contentsOf: repeatElement(0, count: missing))
        for (second, count) in other.counts.enumerated() { counts[second] += count }
    }

    /// The mean of a whole run.
    func mean(over time: Duration) -> Double { counts.reduce(0) { $0 + Double($1) } / (time / .seconds(1)) }

    /// The highest peak in the ten minutes after each of some moments.
    func peak(after moments: [Duration]) -> Peak {
        moments.map { peak(from: $0.wholeSeconds) }.max { $0.calls < $1.calls } ?? Peak(calls: 0, mean: 0, second: 0)
    }

    /// The highest peak of all the time that is not within ten minutes of one of these moments.
    func ordinaryPeak(without moments: [Duration]) -> Peak {
        let others = stride(from: 0, to: counts.count, by: 600).map { Duration.seconds($0) }
        return peak(after: others.filter { other in !moments.contains { ($0 - other).isWithin(.seconds(600)) } })
    }

    private func peak(from first: Int) -> Peak {
        let part = counts[min(first, counts.count)..<min(first + 600, counts.count)]
        let most = part.indices.max { part[$0] < part[$1] }
        let mean = Double(part.reduce(0) { $0 + Int($1) }) / 600
        return Peak(calls: most.map { Int(part[$0]) } ?? 0, mean: mean, second: most ?? first)
    }
}

extension Duration {
    fileprivate func isWithin(_ other: Duration) -> Bool { self < other && self > .zero - other }
}
