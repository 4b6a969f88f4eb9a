import Exposition

/// Looks samples up in families as their makers hand them over.
extension [FamilySamples] {
    /// All samples of a family; none where the family is missing.
    func samples(_ name: String) -> [Sample] {
        filter { $0.family.name == name }.flatMap(\.samples)
    }

    /// The whole numbers of a family by the values of their labels, joined by spaces.
    func integers(_ name: String, by labels: String...) -> [String: Int] {
        var result: [String: Int] = [:]
        for sample in samples(name) {
            guard case .integer(let value) = sample.value else { continue }
            result[labels.map { sample.labels[$0] ?? "?" }.joined(separator: " ")] = value
        }
        return result
    }

    /// The floating point numbers of a family by the values of their labels, joined by spaces.
    func numbers(_ name: String, by labels: String...) -> [String: Double] {
        var result: [String: Double] = [:]
        for sample in samples(name) {
            guard case .number(let value) = sample.value else { continue }
            result[labels.map { sample.labels[$0] ?? "?" }.joined(separator: " ")] = value
        }
        return result
    }

    /// What is wrong with any of the samples.
    var problems: [String] { flatMap { $0.problems() } }
}
