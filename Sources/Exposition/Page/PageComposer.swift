/// Keeps what is on the page, by family and by owner, and makes pages of it.
///
/// An owner is whatever changes on its own: an app, say. What it changes is encoded, compressed and summed up once; the page shares all
/// the rest with the one before.
public struct PageComposer<Owner: Hashable & Comparable & Sendable>: Sendable {
    private struct Family: Sendable {
        let metadata: PageSection.Metadata
        var lines = FamilyLines<Owner>()
        /// As the newest page has it.
        var section: PageSection?
    }

    private var families: [Family] = []
    private var places: [String: Int] = [:]
    /// In which families an owner has lines, so that it can lose them.
    private var owned: [Owner: Set<Int>] = [:]
    /// The families in which something may have changed since the newest page.
    private var changed: Set<Int> = []
    private var newest: MetricsPage?

    /// A page without samples.
    ///
    /// - Parameter families: In the order of the page. Others follow them as they come.
    public init(_ families: [MetricFamily]) {
        for family in families { _ = place(of: family) }
    }

    /// Takes all that an owner has on the page, in place of what it had: to be seen on the next page.
    public mutating func set(_ encoded: [EncodedFamily], of owner: Owner) {
        var new: [Int: EncodedFamily] = [:]
        for family in encoded where !family.isEmpty {
            let place = place(of: family.family)
            new[place] = new[place].map { $0.joined(with: family) } ?? family
        }
        for place in owned[owner, default: []].subtracting(new.keys) {
            families[place].lines.set(.lines([]), of: owner)
        }
        for (place, family) in new { families[place].lines.set(family.content, of: owner) }
        changed.formUnion(owned[owner, default: []])
        changed.formUnion(new.keys)
        owned[owner] = new.isEmpty ? nil : Set(new.keys)
    }

    /// Takes an owner off, from the next page on.
    public mutating func remove(_ owner: Owner) {
        set([], of: owner)
    }

    /// Makes the page as it is now; the one before as long as nothing on it has changed.
    public mutating func page() -> MetricsPage {
        for place in changed where families[place].lines.update() {
            let lines = families[place].lines
            families[place].section = PageSection(families[place].metadata, lines.fragments, lines.checksum)
            newest = nil
        }
        changed = []
        let page = newest ?? MetricsPage(content: PageContent(families.compactMap(\.section)))
        newest = page
        return page
    }

    private mutating func place(of family: MetricFamily) -> Int {
        if let place = places[family.name] { return place }
        families.append(Family(metadata: PageSection.Metadata(family)))
        places[family.name] = families.count - 1
        return families.count - 1
    }
}
