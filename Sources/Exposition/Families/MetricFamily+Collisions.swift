extension MetricFamily {
    /// What is wrong with these declarations, each alone and all on one page; empty when they can stand together.
    ///
    /// Beside ``problems()`` of each: families of one name, families that OpenMetrics knows by one name (the gauge `x`
    /// and the counter `x_total`), and a family called like a sample that another one generates (`x_count`).
    public static func problems(in families: [MetricFamily]) -> [String] {
        families.flatMap { $0.problems() } + stemCollisions(in: families) + generatedCollisions(in: families)
    }

    private static func stemCollisions(in families: [MetricFamily]) -> [String] {
        var first: [String: MetricFamily] = [:]
        return families.compactMap { family in
            guard let other = first[family.stem] else {
                first[family.stem] = family
                return nil
            }
            if other.name == family.name { return "\(family.name): declared twice" }
            return "\(family.name): OpenMetrics knows it by the same name as \(other.name), \(family.stem)"
        }
    }

    /// Suffixes are tried whatever the kind is: a gauge that becomes a histogram later must not break its neighbour.
    private static func generatedCollisions(in families: [MetricFamily]) -> [String] {
        let stems = Set(families.map(\.stem))
        return families.flatMap { family in
            generatedSuffixes.filter { family.stem.hasSuffix($0) }
                .map { String(family.stem.dropLast($0.count)) }
                .filter(stems.contains)
                .map { "\(family.name): called like a sample that \($0) generates" }
        }
    }
}
