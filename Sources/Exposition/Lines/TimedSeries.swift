/// Several samples of one series, each with its time: for files of history, which OpenMetrics alone has times in seconds for.
public struct TimedSeries: Sendable, Hashable {
    /// A whole number at a time.
    public struct Sample: Sendable, Hashable {
        /// Seconds since the epoch.
        public let time: Int
        /// The value, written exactly.
        public let value: Int

        /// A whole number at a time.
        public init(time: Int, value: Int) {
            (self.time, self.value) = (time, value)
        }
    }

    /// The declaration of the family, which is no histogram.
    public let family: MetricFamily
    /// The labels of all the samples.
    public let labels: LabelSet
    /// The samples, oldest first. A long series may be written in several parts, one after the other.
    public let samples: [Sample]

    /// A series, or a part of it.
    public init(_ family: MetricFamily, _ labels: LabelSet, _ samples: [Sample]) {
        (self.family, self.labels, self.samples) = (family, labels, samples)
    }

    /// The lines of the samples, each with its newline.
    public func openMetrics() -> [UInt8] {
        var encoder = SampleEncoder(family, sampleCount: samples.count)
        encoder.append(self)
        return encoder.bytes()
    }
}

extension MetricFamily {
    /// What stands before the family's samples in OpenMetrics: its type, unit and help, a line each.
    public var openMetricsMetadata: [UInt8] { metadata(.openMetrics) }

    /// Whether a label of that name may be added to all samples of a family: it has the form of a name, belongs neither to
    /// the format nor to Prometheus, and the family has no such label itself.
    public func canAdd(label name: String) -> Bool {
        isLabelName(name) && !isReservedLabel(name) && !labels.contains(name)
    }
}

/// The last line of OpenMetrics.
public let openMetricsEnding = ExpositionFormat.openMetrics.ending

/// Letters, digits and underscores in ASCII, of which the first is no digit.
private func isLabelName(_ name: String) -> Bool {
    name.utf8.first.map { !(48...57).contains($0) } == true
        && name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "_")
        }
}
