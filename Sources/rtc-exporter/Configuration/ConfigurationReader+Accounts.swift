import UsageProviders

/// The section `accounts`.
extension ConfigurationReader {
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
                "name", "provider", "endpoint", "region", "credentials", "sources", "apps", "limits", "assume",
            ]
        )
        guard case .mapping = value.content else { return nil }
        let name = accountName(fields, &seen)
        let facts = provider(fields)
        let endpoint = endpoint(fields["endpoint"], facts)
        let region = region(fields, facts)
        let credentials = credentials(fields, facts)
        let sources = sources(fields["sources"], facts) ?? facts?.defaultSources ?? []
        let apps = apps(fields, facts, sources: sources, &seen)
        let settings = sourceSettings(fields, facts)
        guard let name, let facts, let endpoint else { return nil }
        return ExporterConfiguration.Account(
            name: name,
            provider: facts.name,
            endpoint: endpoint,
            region: region,
            credentials: credentials,
            sources: sources,
            apps: apps,
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

    private mutating func endpoint(_ value: YAMLValue?, _ facts: ProviderCatalogue.Provider?) -> String? {
        guard let value, let text = text(value) else { return facts?.defaultEndpoint }
        do {
            let endpoint = try Endpoint(text)
            if endpoint.scheme == .http, !endpoint.isLoopback {
                warn(value, "calls to this host are not encrypted; use `https://` except for this machine")
            }
            return endpoint.description
        } catch {
            fail(value, error.sentence)
            return nil
        }
    }

    private mutating func region(_ fields: YAMLFields, _ facts: ProviderCatalogue.Provider?) -> String? {
        guard let value = fields["region"], let region = text(value) else { return facts?.defaultRegion }
        guard region.utf8.allSatisfy({ $0.isAlphanumericASCII || $0 == UInt8(ascii: "-") }) else {
            fail(value, "\(region.shown) is not a region; expected letters, digits and `-`")
            return nil
        }
        if let facts, let allowed = facts.allowedRegions, !allowed.contains(region) {
            let hint = Spelling.hint(for: region, among: allowed)
            fail(value, "\(region.shown) is not a region of \(facts.name); \(hint)")
        }
        return region
    }

    private mutating func credentials(
        _ fields: YAMLFields,
        _ facts: ProviderCatalogue.Provider?
    ) -> [String: Secret] {
        guard let value = required("credentials", in: fields)?.confidential else { return [:] }
        // Without a provider nobody knows which keys there are, and the provider has been complained of.
        guard let facts else { return [:] }
        let known = facts.requiredCredentials + facts.optionalCredentials
        let credentials = self.fields(of: value, known: known)
        for key in facts.requiredCredentials { _ = required(key, in: credentials) }
        var secrets: [String: Secret] = [:]
        for key in credentials.names { secrets[key] = secret(credentials[key]) }
        return secrets
    }

    /// A provider counts calls per set of credentials: two accounts with one set share one budget, which may surprise.
    private mutating func warnOfSharedCredentials(
        _ accounts: [ExporterConfiguration.Account],
        _ values: [YAMLValue]
    ) {
        guard accounts.count == values.count else { return }
        for (index, account) in accounts.enumerated() where !account.credentials.isEmpty {
            let first = accounts[..<index].firstIndex {
                ($0.provider, $0.endpoint) == (account.provider, account.endpoint)
                    && $0.credentials == account.credentials
            }
            guard let first else { continue }
            warn(
                values[index],
                "the credentials are those of \(values[first].key) on line \(values[first].line): the provider counts "
                    + "the calls of both together; they share one budget"
            )
        }
    }
}

extension ProviderCatalogue.Provider {
    var defaultSources: [String] {
        sources.filter(\.isDefault).map(\.name)
    }
}
