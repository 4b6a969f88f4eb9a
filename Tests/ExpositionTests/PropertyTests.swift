import Exposition
import Testing
import TestSupport

@Suite("Any page")
struct PropertyTests {
    @Test("A page of random families reads back as what went in", arguments: 0..<60)
    func roundTrip(seed: Int) throws {
        var generator = RandomPage(seed: UInt64(seed))
        let families = generator.families()
        let page = MetricsPage(families)
        let text = try Reader(page.body(format: .text, gzip: false).bytes)
        let openMetrics = try Reader(page.body(format: .openMetrics, gzip: false).bytes)
        let expected = families.flatMap { family in family.samples.flatMap { expectedLines(family.family, $0) } }
        #expect(text.samples.map(Meaning.init) == expected)
        #expect(openMetrics.samples == text.samples)
        #expect(helps(text) == helps(openMetrics))
        #expect(helps(text) == families.filter { !$0.samples.isEmpty }.map(\.family.help))
        #expect(openMetricsProblems(page.body(format: .openMetrics, gzip: false).bytes) == [])
    }

    private func helps(_ reader: Reader) -> [String] {
        reader.entries.compactMap { entry in
            guard case .metadata("HELP", _, let text) = entry else { return nil }
            return text
        }
    }

    /// What a sample should be on the page, from the values and not from the encoder.
    private func expectedLines(_ family: MetricFamily, _ sample: Sample) -> [Meaning] {
        let labels = sample.labels.pairs.map { [$0.name, $0.value] }
        switch sample.value {
        case .integer(let value): return [Meaning(family.name, labels, .integer(value))]
        case .number(let value): return [Meaning(family.name, labels, .number(value))]
        case .histogram(let value):
            let bounds = value.upperBounds + [.infinity]
            let buckets = bounds.indices.map { index in
                Meaning(
                    family.name + "_bucket",
                    labels,
                    le: bounds[index],
                    value.bucketCounts.prefix(index + 1).reduce(0, +)
                )
            }
            return buckets + [
                Meaning(family.name + "_sum", labels, .number(value.sum)),
                Meaning(family.name + "_count", labels, .integer(value.count)),
            ]
        }
    }
}

/// What a line means: numbers as numbers, and the bits of them, so that `NaN` equals itself.
private struct Meaning: Hashable {
    let name: String
    let labels: [[String]]
    let bound: UInt64?
    let bits: UInt64
    let whole: Int?

    init(_ name: String, _ labels: [[String]], le bound: Double? = nil, _ count: Int) {
        self.name = name
        self.labels = labels
        self.bound = bound?.bitPattern
        bits = Double(count).bitPattern
        whole = count
    }

    init(_ name: String, _ labels: [[String]], _ value: SampleValue) {
        self.name = name
        self.labels = labels
        bound = nil
        switch value {
        case .integer(let integer): (bits, whole) = (Double(integer).bitPattern, integer)
        case .number(let number): (bits, whole) = (number.isNaN ? 0 : number.bitPattern, Int(exactly: number))
        case .histogram: (bits, whole) = (0, nil)
        }
    }

    init(_ line: Reader.Line) {
        name = line.name
        let isBucket = line.labels.last?.first == "le"
        labels = isBucket ? line.labels.dropLast() : line.labels
        bound = isBucket ? line.labels.last.flatMap { Double($0[1]) }?.bitPattern : nil
        let number = Double(line.value) ?? .nan
        bits = number.isNaN ? 0 : number.bitPattern
        whole = Int(line.value) ?? Int(exactly: number)
    }
}

/// Makes families of every kind with values chosen to be difficult.
private struct RandomPage {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func families() -> [FamilySamples] {
        (0..<Int.random(in: 0...12, using: &generator)).map { number in
            let kind = pick(MetricKind.allCases)
            let suffix = ["counter": "_total", "info": "_info"][kind.rawValue] ?? ""
            let labels = (0..<Int.random(in: 0...4, using: &generator)).map { "label_\($0)" }
            let unit: String? = kind != .info && Bool.random(using: &generator) ? "seconds" : nil
            let name = "rtc_family_\(number)" + (unit.map { "_\($0)" } ?? "") + suffix
            let family = MetricFamily(name, kind, help: text() + ".", unit: unit, labels: labels)
            let count =
                labels.isEmpty ? Int.random(in: 0...1, using: &generator) : Int.random(in: 0...40, using: &generator)
            return FamilySamples(family, (0..<count).map { sample(family, $0) })
        }
    }

    private mutating func sample(_ family: MetricFamily, _ number: Int) -> Sample {
        // The number keeps one series from coming twice.
        let labels = family.labels.enumerated().map { Label($1, $0 == 0 ? text() + "\(number)" : text()) }
        return Sample(LabelSet(labels), value(family.kind))
    }

    private mutating func value(_ kind: MetricKind) -> SampleValue {
        switch kind {
        case .info: .integer(1)
        case .histogram: .histogram(histogram())
        case .gauge, .counter: Bool.random(using: &generator) ? .integer(integer()) : .number(number())
        }
    }

    private mutating func histogram() -> HistogramValue {
        var value = HistogramValue(upperBounds: (0..<Int.random(in: 0...9, using: &generator)).map { _ in number() })
        for _ in 0..<Int.random(in: 0...50, using: &generator) { value.observe(number()) }
        return value
    }

    private mutating func integer() -> Int {
        Int(truncatingIfNeeded: generator.next()) >> Int.random(in: 0..<64, using: &generator)
    }

    private mutating func number() -> Double {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: Double(bitPattern: generator.next())
        case 1: Double(integer())
        case 2: Double(Int.random(in: -1000...1000, using: &generator)) / 8
        default: pick([0, -0.0, .infinity, -.infinity, .nan, 1e-7, 1e21, 0.1, .leastNonzeroMagnitude])
        }
    }

    private mutating func text() -> String {
        let pieces = [
            "a", "B7", " ", "\\", "\"", "\n", "\\n", "{", "}", ",", "=", "#", "教室", "👩‍👧", "\u{202e}", "\0", "\r", "é",
        ]
        return (0..<Int.random(in: 0...8, using: &generator)).map { _ in pick(pieces) }.joined()
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }
}
