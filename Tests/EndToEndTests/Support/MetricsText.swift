/// A page of metrics, read just far enough to add samples up.
struct MetricsText {
    let samples: [(series: Substring, value: Double)]

    init(_ text: String) {
        samples = text.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#"), let space = line.lastIndex(of: " "),
                let value = Double(line[line.index(after: space)...])
            else { return nil }
            return (line[..<space], value)
        }
    }

    /// The sum over the samples of a family that carry a label; `nil` when there are none.
    func sum(_ family: String, _ label: String = "") -> Int? {
        let matching = samples.filter { $0.series.hasPrefix("\(family){") && $0.series.contains(label) }
        return matching.isEmpty ? nil : Int(matching.reduce(0) { $0 + $1.value })
    }
}
