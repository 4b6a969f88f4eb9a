public import Exposition
import ExporterMetrics

/// Labels that an export adds to all of its samples, so that they tell themselves from others or are like them.
public struct AddedLabels: Hashable, Sendable {
    /// None.
    public static let none = AddedLabels(pairs: [])

    /// The labels in their order.
    public let pairs: [Label]

    private init(pairs: [Label]) {
        self.pairs = pairs
    }

    /// Reads labels as `NAME=VALUE`.
    ///
    /// - Throws: ``ReportProblem`` when one has another form, a name that no label may have or that the samples have already,
    ///   or no value, which to Prometheus would be no label.
    public init(_ texts: [String]) throws(ReportProblem) {
        var pairs: [Label] = []
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, !sides[1].isEmpty else { throw Self.problem(text, "has to be NAME=VALUE") }
            guard HistoryFamilies.all.allSatisfy({ $0.canAdd(label: sides[0]) }) else {
                throw Self.problem(
                    sides[0],
                    "cannot be added: a name has letters, digits and underscores, does not begin with two of those, and is no "
                        + "label of the samples themselves"
                )
            }
            guard !pairs.contains(where: { $0.name == sides[0] }) else {
                throw Self.problem(sides[0], "is given twice")
            }
            pairs.append(Label(sides[0], sides[1]))
        }
        self.pairs = pairs
    }

    private static func problem(_ text: String, _ what: String) -> ReportProblem {
        ReportProblem("bad_label", "label", "The label \(ReportProblem.shown(text)) \(what).")
    }
}

/// What is exported as history: families of the page, whose names dashboards know.
enum HistoryFamilies {
    static let all = [UsageFamilies.usage, UsageFamilies.sourceUsage]
}
