import UsageProviders
import Yams

/// What an account signs with: secrets, and the texts that go with them.
extension ConfigurationReader {
    /// Credentials as far as they can be used.
    struct Credentials {
        var secrets: [String: Secret] = [:]
        var origins: [String: SecretReference] = [:]
        var texts: [String: String] = [:]
    }

    mutating func credentials(_ fields: YAMLFields, _ facts: ProviderCatalogue.Provider?) -> Credentials {
        var credentials = Credentials()
        guard let value = required("credentials", in: fields)?.confidential else { return credentials }
        // Without a provider nobody knows which keys there are, and the provider has been complained of.
        guard let facts, let form = form(of: value, facts) else { return credentials }
        let fields = self.fields(of: value, known: form.names)
        for key in form.requiredSecrets { _ = required(key, in: fields) }
        for text in form.requiredTexts { _ = required(text.name, in: fields) }
        for key in fields.names where form.secrets.contains(key) {
            guard let (secret, reference) = secret(fields[key]) else { continue }
            credentials.secrets[key] = secret
            credentials.origins[key] = reference
        }
        for text in form.texts { credentials.texts[text.name] = plainText(fields[text.name], text.form) }
        return credentials
    }

    /// The form that what is written fits best: the one of which most keys are there.
    private func form(
        of value: YAMLValue,
        _ facts: ProviderCatalogue.Provider
    ) -> ProviderCatalogue.CredentialForm? {
        guard case .mapping(let mapping) = value.content else { return facts.credentialForms.first }
        let written = Set(mapping.compactMap(\.key.string))
        var best = facts.credentialForms.first
        for form in facts.credentialForms {
            let (known, before) = (written.intersection(form.names), written.intersection(best?.names ?? []))
            if known.count > before.count { best = form }
        }
        return best
    }

    /// A setting without secrets, checked for its form.
    mutating func plainText(_ value: YAMLValue?, _ form: ProviderCatalogue.PlainText.Form) -> String? {
        guard let value, let text = text(value) else { return nil }
        switch form {
        case .identifier:
            guard text.utf8.count <= 128, text.utf8.allSatisfy({ $0.isAlphanumericASCII || "-_".utf8.contains($0) })
            else {
                fail(value, "expected at most 128 letters, digits, `-` and `_`")
                return nil
            }
            return text
        case .line:
            return name(value)
        case .endpoint:
            return address(value)
        }
    }

    /// An address, complete with its scheme; one in the clear is warned of unless it is this machine's.
    mutating func address(_ value: YAMLValue) -> String? {
        guard let text = text(value) else { return nil }
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

    /// A provider counts calls per set of credentials: two accounts with one set share one budget, which may surprise.
    mutating func warnOfSharedCredentials(
        _ accounts: [ExporterConfiguration.Account],
        _ values: [YAMLValue]
    ) {
        guard accounts.count == values.count else { return }
        for (index, account) in accounts.enumerated() where !account.credentials.isEmpty {
            let first = accounts[..<index].firstIndex {
                ($0.provider, $0.endpoint) == (account.provider, account.endpoint)
                    && $0.credentials == account.credentials && $0.details == account.details
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
