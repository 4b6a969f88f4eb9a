/// Calls per hour, or shares of them, by what they are for.
public struct CallRates: Hashable, Sendable {
    private var rates: [CallKind: Double] = [:]

    /// No calls at all.
    public static let none = CallRates()

    /// Rates by kind; those that are not named are zero.
    public init(current: Double = 0, closed: Double = 0, idle: Double = 0, history: Double = 0) {
        (self[.current], self[.closed], self[.idle], self[.history]) = (current, closed, idle, history)
    }

    /// The rate of one kind.
    public subscript(kind: CallKind) -> Double {
        get { rates[kind, default: 0] }
        set { rates[kind] = newValue }
    }

    /// All kinds together.
    public var total: Double { CallKind.allCases.reduce(0) { $0 + self[$1] } }

    /// Kind by kind.
    static func + (left: CallRates, right: CallRates) -> CallRates {
        left.mapValues { $1 + right[$0] }
    }

    /// Each kind times a factor.
    static func * (rates: CallRates, factor: Double) -> CallRates {
        rates.mapValues { $1 * factor }
    }

    private func mapValues(_ change: (CallKind, Double) -> Double) -> CallRates {
        var changed = self
        for kind in CallKind.allCases { changed[kind] = change(kind, self[kind]) }
        return changed
    }
}
