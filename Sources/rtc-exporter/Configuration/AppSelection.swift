/// Which of the apps that a provider lists are polled.
struct AppSelection: Hashable, Sendable {
    /// An app has to fit one of these; all do when there are none.
    var include: [NamePattern]
    /// An app must fit none of these.
    var exclude: [NamePattern]

    /// Whether an app is polled: its id or its name may fit a pattern.
    func contains(id: String, name: String) -> Bool {
        func fits(_ pattern: NamePattern) -> Bool { pattern.matches(id) || pattern.matches(name) }
        return (include.isEmpty || include.contains(where: fits)) && !exclude.contains(where: fits)
    }
}

/// A name with wildcards: `*` stands for any text, `?` for one character.
struct NamePattern: Hashable, Sendable {
    let text: String

    /// Whether the whole of a name fits.
    ///
    /// One star at a time is remembered, so that no pattern takes more steps than its length times the name's.
    func matches(_ name: String) -> Bool {
        let (pattern, name) = (Array(text), Array(name))
        var (p, n) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
                (p, n) = (p + 1, n + 1)
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                (p, n) = (last.pattern + 1, last.name + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
