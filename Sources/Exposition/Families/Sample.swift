/// The value of one sample.
public enum SampleValue: Sendable, Hashable {
    /// A whole number, written exactly.
    case integer(Int)
    /// A floating point number, written in the shortest form that reads back as the same number.
    case number(Double)
    /// Observations in buckets: of a histogram, and of no other kind.
    indirect case histogram(HistogramValue)
}

/// One sample: the labels that tell it from its neighbours, and its value. It carries no timestamp.
public struct Sample: Sendable, Hashable {
    /// The labels, as the family declares them and in that order.
    public let labels: LabelSet
    /// The value.
    public let value: SampleValue

    /// Makes a sample.
    public init(_ labels: LabelSet, _ value: SampleValue) {
        self.labels = labels
        self.value = value
    }

    /// Makes a sample of a whole number, written exactly.
    public init(_ labels: LabelSet, _ value: Int) {
        self.init(labels, .integer(value))
    }

    /// Makes a sample of a floating point number.
    public init(_ labels: LabelSet, _ value: Double) {
        self.init(labels, .number(value))
    }

    /// Makes a sample of a histogram.
    public init(_ labels: LabelSet, _ value: HistogramValue) {
        self.init(labels, .histogram(value))
    }
}
