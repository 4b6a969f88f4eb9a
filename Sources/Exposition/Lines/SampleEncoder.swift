/// Writes the sample lines of one family.
struct SampleEncoder: ~Copyable {
    private let family: MetricFamily
    private let name: [UInt8]
    private var writer: ByteWriter

    /// - Parameters:
    ///   - family: The declaration.
    ///   - sampleCount: How many samples there will be, so that memory is taken once.
    init(_ family: MetricFamily, sampleCount: Int) {
        self.family = family
        name = Array(family.name.utf8)
        let labelLength = family.labels.reduce(0) { $0 + $1.utf8.count + usualValueLength }
        writer = ByteWriter(capacity: sampleCount * (name.count + labelLength + usualValueLength))
    }

    func bytes() -> [UInt8] { writer.bytes() }

    mutating func append(_ sample: Sample) {
        switch (family.kind, sample.value) {
        case (.histogram, .histogram(let value)): append(value, sample.labels)
        case (.histogram, _), (_, .histogram): break
        case (_, .integer(let value)):
            appendSeries(sample.labels)
            writer.append(value)
            writer.append(newline)
        case (_, .number(let value)):
            appendSeries(sample.labels)
            writer.append(value)
            writer.append(newline)
        }
    }

    /// The lines of a series with times, its labels escaped once for all of them.
    mutating func append(_ series: TimedSeries) {
        let block = labelBlock(series.labels)
        for sample in series.samples {
            appendSeries(suffix: "", block)
            writer.append(sample.value)
            writer.append(space)
            writer.append(sample.time)
            writer.append(newline)
        }
    }

    private mutating func appendSeries(_ labels: LabelSet) {
        writer.append(name)
        if !labels.pairs.isEmpty {
            writer.append(UInt8(ascii: "{"))
            writer.append(labels.pairs)
            writer.append(UInt8(ascii: "}"))
        }
        writer.append(space)
    }

    /// Buckets from the smallest to `+Inf`, each with all below it, then the sum and the count.
    private mutating func append(_ value: HistogramValue, _ labels: LabelSet) {
        let block = labelBlock(labels)
        var total = 0
        for (index, count) in value.bucketCounts.enumerated() {
            total += count
            let bound = index < value.upperBounds.count ? value.upperBounds[index] : .infinity
            appendBucket(bound, total, block)
        }
        appendSeries(suffix: "_sum", block)
        writer.append(value.sum)
        writer.append(newline)
        appendSeries(suffix: "_count", block)
        writer.append(total)
        writer.append(newline)
    }

    private mutating func appendBucket(_ bound: Double, _ count: Int, _ block: [UInt8]) {
        writer.append(name)
        writer.append("_bucket{")
        writer.append(block)
        if !block.isEmpty { writer.append(UInt8(ascii: ",")) }
        writer.append("le=\"")
        writer.append(bound: bound)
        writer.append("\"} ")
        writer.append(count)
        writer.append(newline)
    }

    private mutating func appendSeries(suffix: String, _ block: [UInt8]) {
        writer.append(name)
        writer.append(suffix)
        if !block.isEmpty {
            writer.append(UInt8(ascii: "{"))
            writer.append(block)
            writer.append(UInt8(ascii: "}"))
        }
        writer.append(space)
    }

    /// The labels between the braces, escaped once for all lines of one histogram.
    private func labelBlock(_ labels: LabelSet) -> [UInt8] {
        var block = ByteWriter(capacity: 256)
        block.append(labels.pairs)
        return block.bytes()
    }
}

extension ByteWriter {
    /// Appends `name="value"` for each label, with commas between them.
    mutating func append(_ labels: [Label]) {
        var first = true
        for label in labels {
            if !first { append(UInt8(ascii: ",")) }
            first = false
            append(label.name)
            append(UInt8(ascii: "="))
            append(UInt8(ascii: "\""))
            append(label.value, escapingQuotes: true)
            append(UInt8(ascii: "\""))
        }
    }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
/// A guess at the length of a value with the signs around it: only the first allocation depends on it.
private let usualValueLength = 12
