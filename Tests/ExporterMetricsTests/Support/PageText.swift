import Exposition

/// A page in the text format, by lines.
struct PageText {
    let lines: [String]

    init(_ page: MetricsPage, tail: [FamilySamples] = []) {
        let bytes = page.body(format: .text, gzip: false, tail: tail).bytes
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The names of all families that have samples.
    var families: Set<String> {
        Set(lines.filter { $0.hasPrefix("# TYPE ") }.map { String($0.split(separator: " ")[2]) })
    }

    /// The sample lines of one family that hold some text.
    func samples(_ family: String, _ part: String = "") -> [String] {
        lines.filter { $0.hasPrefix("\(family){") || $0.hasPrefix("\(family) ") }.filter { $0.contains(part) }
    }

    /// The values of those lines, all together.
    func sum(_ family: String, _ part: String = "") -> Int {
        samples(family, part).reduce(0) { $0 + (Int($1.split(separator: " ").last ?? "") ?? 0) }
    }

    /// What the label `room` says in the lines of an app's usage.
    func rooms(of app: String) -> Set<String> {
        Set(
            samples("rtc_usage_seconds", "app=\"\(app)\"").compactMap { line in
                line.split(separator: "room=\"").last.flatMap { $0.split(separator: "\"").first }.map(String.init)
            }
        )
    }
}
