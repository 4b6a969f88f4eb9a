import UsageProviders

/// The section `accounts`.
extension ConfigurationReader {
    /// More than any machine's whole collection of certificates.
    private static let certificatesLimit = 4 * 1024 * 1024

    mutating func accounts(_ root: YAMLFields) -> [ExporterConfiguration.Account] {
        guard let value = required("accounts", in: root) else { return [] }
        let elements = elements(of: value, such: "`- name: ...`")
        if elements.isEmpty, case .list(let list) = value.content, list.isEmpty {
            fail(value, "the list is empty; at least one account is required")
        }
        var seen = SeenNames()
        let accounts = elements.compactMap { account($0, &seen) }
        warnOfSharedCredentials(accounts, elements)
        return accounts
    }

    private mutating func account(_ value: YAMLValue, _ seen: inout SeenNames) -> ExporterConfiguration.Account? {
        let fields = fields(
            of: value,
            known: [
                "name", "provider", "endpoint", "region", "ca_file", "credentials", "sources", "apps", "limits",
                "assume",
            ] + catalogue.accountTexts
        )
        guard case .mapping = value.content else { return nil }
        let name = accountName(fields, &seen)
        let facts = provider(fields)
        let endpoint = fields["endpoint"].map { address($0) } ?? facts?.defaultEndpoint
        let region = region(fields, facts)
        let authorities = authorities(fields["ca_file"])
        let texts = accountTexts(fields, facts)
        let credentials = credentials(fields, facts)
        let sources = sources(fields["sources"], facts) ?? facts?.defaultSources ?? []
        let apps = apps(fields, facts, sources: sources, &seen)
        let settings = sourceSettings(fields, facts)
        guard let name, let facts, let endpoint else { return nil }
        return ExporterConfiguration.Account(
            name: name,
            provider: facts.name,
            endpoint: endpoint,
            details: texts.merging(credentials.texts) { $1 }.merging(region.map { ["region": $0] } ?? [:]) { $1 },
            authorities: authorities,
            credentials: credentials.secrets,
            secretOrigins: credentials.origins,
            sources: sources,
            apps: apps.named,
            selection: apps.selection,
            sourceSettings: settings
        )
    }

    private mutating func accountName(_ fields: YAMLFields, _ seen: inout SeenNames) -> String? {
        guard let value = required("name", in: fields), let name = name(value) else { return nil }
        if let first = seen.account(name, value) {
            fail(value, "the name is already used on line \(first.line) (`\(first.key)`); account names are unique")
        }
        return name
    }

    private mutating func provider(_ fields: YAMLFields) -> ProviderCatalogue.Provider? {
        guard let value = required("provider", in: fields), let name = text(value) else { return nil }
        guard let provider = catalogue.provider(name) else {
            let hint = Spelling.hint(for: name, among: catalogue.providers.map(\.name))
            fail(value, "\(name.shown) is not a provider; \(hint)")
            return nil
        }
        return provider
    }

    /// The certificates that are trusted in place of the machine's own.
    private mutating func authorities(_ value: YAMLValue?) -> TrustedCertificates? {
        guard let value, let path = path(value) else { return nil }
        do {
            return try TrustedCertificates(pem: try surroundings.readFile(path, Self.certificatesLimit))
        } catch let problem as FileReadProblem {
            fail(value, "the file `\(path.withoutControls)` \(problem.sentencePart)")
        } catch let problem as TrustedCertificates.Problem {
            fail(value, problem.sentence)
        } catch {
            fail(value, "the file `\(path.withoutControls)` cannot be used")
        }
        return nil
    }

    /// Texts of the account itself, such as a project id.
    private mutating func accountTexts(_ fields: YAMLFields, _ facts: ProviderCatalogue.Provider?) -> [String: String] {
        guard let facts else { return [:] }
        var texts: [String: String] = [:]
        for text in facts.requiredTexts { texts[text.name] = plainText(required(text.name, in: fields), text.form) }
        let foreign = catalogue.accountTexts.filter { name in !facts.requiredTexts.contains { $0.name == name } }
        for name in foreign where fields.has(name) {
            fail(fields[name] ?? fields.owner, "accounts of \(facts.name) have no `\(name)`")
        }
        return texts
    }

    private mutating func region(_ fields: YAMLFields, _ facts: ProviderCatalogue.Provider?) -> String? {
        guard let value = fields["region"], let region = text(value) else { return facts?.defaultRegion }
        guard region.utf8.allSatisfy({ $0.isAlphanumericASCII || $0 == UInt8(ascii: "-") }) else {
            fail(value, "\(region.shown) is not a region; expected letters, digits and `-`")
            return nil
        }
        if let facts, facts.allowedRegions == [] {
            fail(value, "accounts of \(facts.name) have no `region`")
        } else if let facts, let allowed = facts.allowedRegions, !allowed.contains(region) {
            let hint = Spelling.hint(for: region, among: allowed)
            fail(value, "\(region.shown) is not a region of \(facts.name); \(hint)")
        }
        return region
    }
}

extension ProviderCatalogue.Provider {
    var defaultSources: [String] {
        sources.filter(\.isDefault).map(\.name)
    }
}
