/// Round figures for the axis of a chart: one to four steps up to what is above the highest figure.
struct ChartScale: Hashable {
    /// The time between two lines, in seconds.
    let step: Int
    /// The upper end.
    let top: Int

    /// The steps below ten hours; above, one, two and five times the powers of ten hours follow.
    private static let small = [1, 2, 5, 10, 20, 30].map { $0 * 60 } + [1, 2, 5].map { $0 * 3600 }

    /// A scale for figures of which this is the highest.
    init(highest: Int) {
        var step = Self.small.first { $0 * 4 >= highest }
        var hours = 10
        while step == nil {
            step = [1, 2, 5].map { $0 * hours * 3600 }.first { $0 * 4 >= highest }
            hours *= 10
        }
        self.step = step ?? 60
        top = max(1, (highest + self.step - 1) / self.step) * self.step
    }

    /// The lines above zero.
    var ticks: [Int] { Array(stride(from: step, through: top, by: step)) }

    /// What stands at a line: `20 h`, `30 min`, `200k h`.
    static func text(_ seconds: Int) -> String {
        let hours = seconds / 3600
        return switch hours {
        case 0: "\(seconds / 60) min"
        case ..<100_000: "\(Words.grouped(hours)) h"
        case ..<100_000_000: "\(Words.grouped(hours / 1000))k h"
        default: "\(Words.grouped(hours / 1_000_000))M h"
        }
    }
}
