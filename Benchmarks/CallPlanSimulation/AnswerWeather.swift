import Foundation
import TestSupport
import Usage

/// How calls get to the provider and back, and how many of them fail.
///
/// Of a hundred answers 95 take 20 to 80 ms, evenly, three take 80 ms to 1 s and two 1 s to 20 s, both evenly on a logarithmic
/// scale. That is 0.2 s on average. A failure is one of four kinds, all alike in number: a timeout takes 20 s, the others as
/// long as an answer.
///
/// With 20 calls per second that makes four calls under way at once, of the 16 that may be. A source that may have one call
/// under way is held up by each answer that takes longer than its spacing: two in a hundred, which cost it 4 % of its calls.
struct AnswerWeather: Sendable {
    /// How many of all calls fail, from 0 to 1.
    var failures: Double

    /// Weather with so many failures.
    init(failures: Double) {
        self.failures = failures
    }

    /// What becomes of one call.
    struct Way {
        /// From the start to the answer.
        var takes: Duration
        /// From the start to the arrival.
        var arrives: Duration
        var failure: ReadingFailure?
    }

    static let longest = Duration.seconds(20)

    private static let kinds: [ReadingFailure.Reason] = [.unavailable, .timeout, .malformed, .rejected]

    func way(using random: inout SeededGenerator) -> Way {
        var takes = Self.answerTime(using: &random)
        var failure: ReadingFailure?
        if random.chance() < failures {
            let kind = Self.kinds[Int(random.chance() * Double(Self.kinds.count))]
            failure = ReadingFailure(kind, "The simulated provider fails.")
            if kind == .timeout { takes = Self.longest }
        }
        return Way(takes: takes, arrives: min(takes, .seconds(0.2) * random.chance()), failure: failure)
    }

    static func answerTime(using random: inout SeededGenerator) -> Duration {
        let (kind, place) = (random.chance(), random.chance())
        return switch kind {
        case ..<0.95: .seconds(0.02 + 0.06 * place)
        case ..<0.98: .seconds(0.08 * pow(12.5, place))
        default: .seconds(pow(20, place))
        }
    }
}

extension SeededGenerator {
    /// From 0 to 1, the latter excluded.
    mutating func chance() -> Double { Double(next() >> 11) * 0x1p-53 }
}
