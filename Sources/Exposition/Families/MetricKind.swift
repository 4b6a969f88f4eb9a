/// What a family's values mean, and with that how it is typed in each format.
public enum MetricKind: String, Sendable, Hashable, CaseIterable {
    /// A value that can rise and fall.
    case gauge
    /// A value that only grows; the family's name ends in `_total`.
    case counter
    /// Observations sorted into buckets.
    case histogram
    /// Facts that are all in the labels, with the value 1; the family's name ends in `_info`. The text format knows no
    /// such type and calls it a gauge.
    case info

    /// The suffix that names of this kind have and names of no other kind may have.
    var ownSuffix: String? {
        switch self {
        case .counter: "_total"
        case .info: "_info"
        case .gauge, .histogram: nil
        }
    }
}
