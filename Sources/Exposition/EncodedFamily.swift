/// A family whose samples are already the bytes of the page: encoded once, for both formats and any number of pages.
///
/// Whoever encodes per app, say, can keep what did not change and put it on the next page again.
public struct EncodedFamily: Sendable {
    /// The declaration.
    public let family: MetricFamily
    /// The sample lines, each with its newline; the same in both formats.
    let lines: [UInt8]

    /// Encodes samples.
    ///
    /// A value that the family's kind cannot have, a histogram in a gauge or a plain number in a histogram, is left
    /// out: an odd value costs its sample, never the page. ``FamilySamples/problems()`` finds such values.
    public init(_ samples: FamilySamples) {
        family = samples.family
        var encoder = SampleEncoder(samples.family, sampleCount: samples.samples.count)
        for sample in samples.samples { encoder.append(sample) }
        lines = encoder.bytes()
    }

    /// The samples of one family, encoded in several parts.
    init(_ family: MetricFamily, joining parts: [[UInt8]]) {
        self.family = family
        lines = parts.count == 1 ? parts[0] : Array(parts.joined())
    }

    /// Whether there is no sample, so that the page shows nothing of the family.
    public var isEmpty: Bool { lines.isEmpty }
}
