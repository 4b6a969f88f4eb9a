import Foundation

/// One line of the result: what was measured, of us and of a peer, and whether that is as wanted.
struct BenchmarkRow {
    /// How a figure is shown.
    enum Unit {
        case seconds
        case milliseconds
        case microseconds
        case megabytes
        case mebibytes
        case count

        func text(_ value: Double) -> String {
            switch self {
            case .seconds: String(format: "%.3f s", value)
            case .milliseconds: String(format: "%.2f ms", value * 1e3)
            case .microseconds: String(format: "%.1f us", value * 1e6)
            case .megabytes: String(format: "%.2f MB", value / 1e6)
            case .mebibytes: String(format: "%.1f MiB", value / 1_048_576)
            case .count: String(format: "%.0f", value)
            }
        }
    }

    /// What is wanted.
    enum Goal {
        /// At most so much.
        case atMost(Double)
        /// At most so many times the peer's figure.
        case timesPeer(Double)
    }

    /// What was measured.
    let what: String
    /// Our figure.
    let ours: Double
    /// The peer's name and figure.
    var peer: (name: String, figure: Double)?
    /// How both are shown.
    let unit: Unit
    /// What is wanted, if anything.
    var goal: Goal?

    /// Whether it is as wanted; `nil` when nothing is.
    var isMet: Bool? {
        switch goal {
        case nil: nil
        case .atMost(let most): ours <= most
        case .timesPeer(let times): peer.map { ours <= times * $0.figure }
        }
    }

    /// Prints the line at once.
    func print() {
        let columns = [
            (what, 50), (unit.text(ours), 12), (peer.map { unit.text($0.figure) } ?? "", 12), (ratio, 11),
            (peer?.name ?? "", 18), (goalText, 22), (isMet.map { $0 ? "met" : "MISSED" } ?? "", 0),
        ]
        Swift.print("  " + columns.map { $0.0.padded(to: $0.1) }.joined(separator: " "))
        // A reader who waits sees it when it is known.
        fflush(nil)
    }

    /// Prints what the columns are.
    static func printHead(_ title: String) {
        let columns = [(title, 52), ("ours", 12), ("peer", 12), ("ratio", 11), ("peer's name", 18), ("goal", 22)]
        Swift.print(columns.map { $0.0.padded(to: $0.1) }.joined(separator: " "))
        fflush(nil)
    }

    private var ratio: String {
        guard let peer, ours > 0, peer.figure > 0 else { return "" }
        let ratio = ours / peer.figure
        return ratio < 0.1 ? String(format: "1 : %.0f", 1 / ratio) : String(format: "%.2f", ratio)
    }

    private var goalText: String {
        switch goal {
        case nil: ""
        case .atMost(let most): "at most \(unit.text(most))"
        case .timesPeer(let times): String(format: "at most %g times", times)
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        count < width ? padding(toLength: width, withPad: " ", startingAt: 0) : self
    }
}
