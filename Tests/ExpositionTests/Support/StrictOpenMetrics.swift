/// The rules of OpenMetrics 1.0 that a page can break, checked on the page itself.
///
/// - Returns: One sentence for each broken rule.
func openMetricsProblems(_ bytes: [UInt8]) -> [String] {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    var problems: [String] = []
    if lines.dropLast().contains(where: \.isEmpty) { problems.append("a blank line") }
    guard let reader = try? Reader(bytes) else { return problems + ["a line that cannot be read"] }
    if reader.entries.last != .end { problems.append("# EOF is not last") }
    if reader.entries.count(where: { $0 == .end }) != 1 { problems.append("# EOF is not there once") }
    if Set(reader.samples.map(Series.init)).count < reader.samples.count { problems.append("one series twice") }
    return problems + FamilyWalk.problems(reader.entries)
}

private struct Series: Hashable {
    let name: String
    let labels: Set<[String]>

    init(_ line: Reader.Line) {
        name = line.name
        labels = Set(line.labels)
    }
}

/// Goes through a page from family to family.
private struct FamilyWalk {
    private var problems: [String] = []
    private var seen: Set<String> = []
    private var name = ""
    private var kind = ""
    private var keywords: [String] = []
    private var hasSamples = false

    static func problems(_ entries: [Reader.Entry]) -> [String] {
        var walk = FamilyWalk()
        for entry in entries {
            switch entry {
            case .metadata(let keyword, let name, let text): walk.metadata(keyword, name, text)
            case .sample(let line): walk.sample(line)
            case .end: break
            }
        }
        walk.closeFamily()
        return walk.problems
    }

    private mutating func metadata(_ keyword: String, _ newName: String, _ text: String) {
        if newName != name || hasSamples {
            closeFamily()
            if !seen.insert(newName).inserted { problems.append("\(newName) is not contiguous") }
            (name, kind, keywords, hasSamples) = (newName, "", [], false)
        }
        keywords.append(keyword)
        if keyword == "TYPE" { kind = text }
        if keyword == "UNIT", !name.hasSuffix("_" + text) { problems.append("\(name) does not end with its unit") }
    }

    private mutating func sample(_ line: Reader.Line) {
        hasSamples = true
        let suffixes =
            ["counter": ["_total"], "info": ["_info"], "histogram": ["_bucket", "_sum", "_count"]][kind] ?? [""]
        if !suffixes.map({ name + $0 }).contains(line.name) {
            problems.append("\(line.name) under the \(kind) \(name)")
        }
        if line.labels.contains(where: { $0[0] == "le" }) != line.name.hasSuffix("_bucket") {
            problems.append("\(line.name): le belongs to buckets")
        }
    }

    private mutating func closeFamily() {
        guard !name.isEmpty else { return }
        if !hasSamples { problems.append("\(name) has metadata only") }
        if keywords != ["TYPE", "HELP"] && keywords != ["TYPE", "UNIT", "HELP"] {
            problems.append("\(name) has the metadata \(keywords)")
        }
    }
}
