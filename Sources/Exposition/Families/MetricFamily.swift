/// The declaration of a metric family: all that is known of it before there is a single sample.
///
/// A declaration is not checked when it is made; ``problems()`` and ``problems(in:)`` do that for a whole catalogue,
/// in a test, so that a program never has to handle a malformed name.
public struct MetricFamily: Sendable, Hashable {
    /// The name as the text format has it: a counter's ends in `_total`, an info's in `_info`.
    public let name: String
    /// What the values mean.
    public let kind: MetricKind
    /// The `HELP` line: a single line for people.
    public let help: String
    /// The unit of the values, in plural, which is also the end of the name (before `_total`): `seconds`, `bytes`.
    /// `nil` for values that are counts or have none.
    public let unit: String?
    /// The names of the labels that every sample of the family carries, in their order.
    public let labels: [String]

    /// Declares a family.
    ///
    /// - Parameters:
    ///   - name: As the text format has it, `_total` and `_info` included.
    ///   - kind: What the values mean.
    ///   - help: One line for people.
    ///   - unit: In plural and also the end of the name (before `_total`).
    ///   - labels: The label names of every sample, in their order.
    public init(_ name: String, _ kind: MetricKind, help: String, unit: String? = nil, labels: [String] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.unit = unit
        self.labels = labels
    }

    /// The family's name in OpenMetrics: without the `_total` of a counter and the `_info` of an info.
    public var stem: String {
        guard let suffix = kind.ownSuffix, name.hasSuffix(suffix) else { return name }
        return String(name.dropLast(suffix.count))
    }
}
