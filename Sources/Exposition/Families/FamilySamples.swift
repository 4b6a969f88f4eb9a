/// A family and its samples of one moment.
public struct FamilySamples: Sendable, Hashable {
    /// The declaration.
    public let family: MetricFamily
    /// The samples in the order in which they are written. Without any, nothing of the family is written.
    public var samples: [Sample]

    /// Makes a family with its samples.
    public init(_ family: MetricFamily, _ samples: [Sample] = []) {
        self.family = family
        self.samples = samples
    }

    /// Metadata and samples as text; nothing without samples.
    func encoded(_ format: ExpositionFormat) -> [UInt8] {
        let lines = lines
        return lines.isEmpty ? [] : family.metadata(format) + lines
    }

    /// The samples as text; the same in both formats.
    var lines: [UInt8] {
        var encoder = SampleEncoder(family, sampleCount: samples.count)
        for sample in samples { encoder.append(sample) }
        return encoder.bytes()
    }

    /// What is wrong with the samples as such, one sentence each: labels other than the declared ones, one set of
    /// labels twice, a value that the kind cannot have.
    ///
    /// Meant for tests: it looks at every sample, which a program need not do at every poll.
    public func problems() -> [String] {
        var seen: Set<LabelSet> = []
        return samples.flatMap { sample in
            var problems: [String] = []
            if sample.labels.pairs.map(\.name) != family.labels { problems.append("labels are not the declared ones") }
            if !seen.insert(sample.labels).inserted { problems.append("the same labels twice") }
            if let problem = valueProblem(of: sample.value) { problems.append(problem) }
            return problems.map { "\(family.name) \(sample.labels.pairs.map(\.value)): \($0)" }
        }
    }

    private func valueProblem(of value: SampleValue) -> String? {
        switch (family.kind, value) {
        case (.histogram, .histogram), (.gauge, .integer), (.gauge, .number), (.info, .integer(1)), (.info, .number(1)):
            nil
        case (.counter, .integer(let count)) where count >= 0: nil
        case (.counter, .number(let count)) where count >= 0: nil
        case (.counter, .integer), (.counter, .number): "a counter is never negative, and always a number"
        case (.info, .integer), (.info, .number): "the value of an info is 1"
        case (.histogram, .integer), (.histogram, .number): "a plain value in a histogram"
        case (_, .histogram): "a histogram in a family of another kind"
        }
    }
}
