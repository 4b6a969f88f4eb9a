/// A line of OpenMetrics with a time, for labels without quotes in their values.
struct TimedLine {
    let family: String
    /// Family and labels as they are written.
    let series: String
    let labels: [String: String]
    let value: Int
    let time: Int

    init?(_ line: String) {
        let parts = line.split(separator: "} ")
        guard !line.hasPrefix("#"), parts.count == 2, let brace = parts[0].firstIndex(of: "{") else { return nil }
        let numbers = parts[1].split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 2 else { return nil }
        series = String(parts[0])
        family = String(parts[0][..<brace])
        let pairs = parts[0][brace...].dropFirst().split(separator: "\",").map { $0.split(separator: "=\"") }
        labels = Dictionary(
            pairs.map { pair in
                let value = pair.count > 1 ? pair[1] : ""
                return (String(pair[0]), String(value.hasSuffix("\"") ? value.dropLast() : value))
            }
        ) { first, _ in first }
        (value, time) = (numbers[0], numbers[1])
    }
}
