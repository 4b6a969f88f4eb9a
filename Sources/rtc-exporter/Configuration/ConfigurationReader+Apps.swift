/// The list `apps` of an account.
extension ConfigurationReader {
    /// The apps as named one by one, or which ones of the provider's list.
    mutating func apps(
        _ fields: YAMLFields,
        _ facts: ProviderCatalogue.Provider?,
        sources: [String],
        _ seen: inout SeenNames
    ) -> (named: [ExporterConfiguration.App], selection: AppSelection?) {
        guard let value = required("apps", in: fields) else { return ([], nil) }
        if case .mapping = value.content { return ([], selection(value, facts)) }
        let elements = elements(of: value, such: "`- id: ...`")
        if case .list(let list) = value.content, list.isEmpty {
            fail(value, "the list is empty; at least one app is required")
        }
        return (elements.compactMap { app($0, facts, sources: sources, &seen) }, nil)
    }

    private mutating func selection(_ value: YAMLValue, _ facts: ProviderCatalogue.Provider?) -> AppSelection? {
        // Without a provider nobody knows whether it has a list, and the provider has been complained of.
        guard let facts else { return nil }
        guard facts.listsApps else {
            let form = "name each one with `- id: ...`"
            fail(value, "apps of \(facts.name) cannot be discovered: its API has no list of them; \(form)")
            return nil
        }
        let fields = self.fields(of: value, known: ["discover", "include", "exclude"])
        if let wish = required("discover", in: fields), text(wish) != "true" {
            fail(wish, "expected `true`; to name apps one by one, write a list, such as `- id: ...`")
        }
        return AppSelection(include: patterns(fields["include"]), exclude: patterns(fields["exclude"]))
    }

    private mutating func patterns(_ value: YAMLValue?) -> [NamePattern] {
        guard let value else { return [] }
        return elements(of: value, such: "`[\"class*\"]`").compactMap { name($0).map(NamePattern.init) }
    }

    private mutating func app(
        _ value: YAMLValue,
        _ facts: ProviderCatalogue.Provider?,
        sources: [String],
        _ seen: inout SeenNames
    ) -> ExporterConfiguration.App? {
        let fields = fields(of: value, known: ["id", "name", "sources"])
        let id = appID(required("id", in: fields), facts, &seen)
        let name = name(fields["name"])
        let ownSources = self.sources(fields["sources"], facts)
        guard let id else { return nil }
        return ExporterConfiguration.App(id: id, name: name, sources: ownSources ?? sources)
    }

    private mutating func appID(
        _ value: YAMLValue?,
        _ facts: ProviderCatalogue.Provider?,
        _ seen: inout SeenNames
    ) -> String? {
        guard let value, let id = text(value) else { return nil }
        guard !id.hasControls, !id.contains(" "), id.utf8.count <= 128 else {
            fail(value, "an app id has at most 128 bytes, no spaces and no control characters")
            return nil
        }
        guard let facts, let identity = identity(of: id, facts, value) else { return id }
        if let first = seen.app(identity, of: facts.name, value) {
            fail(
                value,
                "app \(id.shown) of \(facts.name) is already on line \(first.line) (`\(first.key)`); an app belongs to "
                    + "one account, once"
            )
        }
        return id
    }

    /// What makes an id the same app as another one: where ids are numbers, their value.
    private mutating func identity(
        of id: String,
        _ facts: ProviderCatalogue.Provider,
        _ value: YAMLValue
    ) -> String? {
        guard case .number(let range) = facts.appIDs else { return id }
        guard id.utf8.allSatisfy(\.isDigitASCII), let number = UInt64(id), range.contains(number) else {
            fail(
                value,
                "\(id.shown) is not an app id of \(facts.name); expected a number from \(range.lowerBound) to "
                    + "\(range.upperBound)"
            )
            return nil
        }
        return "\(number)"
    }
}

/// Which names and ids have been used, and where first.
struct SeenNames {
    private var accounts: [String: YAMLValue] = [:]
    private var apps: [[String]: YAMLValue] = [:]

    /// Notes an account's name; gives its first place when it is not new.
    mutating func account(_ name: String, _ value: YAMLValue) -> YAMLValue? {
        note(value, &accounts[name])
    }

    /// Notes an app; gives its first place when it is not new.
    mutating func app(_ identity: String, of provider: String, _ value: YAMLValue) -> YAMLValue? {
        note(value, &apps[[provider, identity]])
    }

    private func note(_ value: YAMLValue, _ place: inout YAMLValue?) -> YAMLValue? {
        defer { place = place ?? value }
        return place
    }
}
