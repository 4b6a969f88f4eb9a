import Usage

/// What an account says about sources: `sources`, `limits` and `assume`.
extension ConfigurationReader {
    /// The sources in a list; `nil` when there is no usable list.
    mutating func sources(_ value: YAMLValue?, _ facts: ProviderCatalogue.Provider?) -> [String]? {
        guard let value else { return nil }
        let known = facts?.sources.map(\.name)
        let elements = elements(of: value, such: "`[\(known?.first ?? "room_usage")]`")
        if case .list(let list) = value.content, list.isEmpty {
            fail(value, "the list is empty; to keep the default, remove the key")
        }
        var names: [String] = []
        for element in elements {
            guard let name = text(element) else { continue }
            if let facts, let known, !known.contains(name) {
                let hint = Spelling.hint(for: name, among: known)
                fail(element, "\(name.shown) is not a source of \(facts.name); \(hint)")
            } else if names.contains(name) {
                fail(element, "the source \(name.shown) is in this list already")
            } else {
                names.append(name)
            }
        }
        return names.isEmpty ? nil : names
    }

    /// For each source of the provider the facts, as far as the account does not replace them.
    mutating func sourceSettings(
        _ fields: YAMLFields,
        _ facts: ProviderCatalogue.Provider?
    ) -> [String: ExporterConfiguration.SourceSettings] {
        guard let facts else { return [:] }
        let known = facts.sources.map(\.name)
        let limits = fields["limits"].map { self.fields(of: $0, known: known) }
        let assumptions = fields["assume"].map { self.fields(of: $0, known: known) }
        var settings: [String: ExporterConfiguration.SourceSettings] = [:]
        for source in facts.sources {
            var own = assumed(source, assumptions?[source.name])
            own.minimumSpacing = spacing(source, limits?[source.name], facts)
            settings[source.name] = own
        }
        return settings
    }

    private mutating func spacing(
        _ source: ProviderCatalogue.Source,
        _ value: YAMLValue?,
        _ facts: ProviderCatalogue.Provider
    ) -> Duration {
        let spacing = duration(value, default: source.minimumSpacing, in: .milliseconds(1) ... .days(1))
        if let value, spacing < source.minimumSpacing {
            warn(
                value,
                "\(DurationText.text(spacing)) is below the \(DurationText.text(source.minimumSpacing)) that "
                    + "\(facts.name) documents between two calls; calls may be refused"
            )
        }
        return spacing
    }

    private mutating func assumed(
        _ source: ProviderCatalogue.Source,
        _ value: YAMLValue?
    ) -> ExporterConfiguration.SourceSettings {
        let fields = value.map { self.fields(of: $0, known: ["zone", "settled_after", "lag"]) }
        return ExporterConfiguration.SourceSettings(
            minimumSpacing: source.minimumSpacing,
            zoneOffsetSeconds: zone(fields?["zone"]) ?? source.zoneOffsetSeconds,
            settledAfter: duration(fields?["settled_after"], default: source.settledAfter, in: .zero ... .days(31)),
            lag: duration(fields?["lag"], default: source.lag, in: .zero ... .days(7))
        )
    }

    private mutating func zone(_ value: YAMLValue?) -> Int? {
        guard let value, let text = text(value) else { return nil }
        guard let zone = ZoneOffset(text)?.seconds else {
            fail(value, "\(text.shown) is not a zone; expected an offset from UTC such as `+08:00`, up to 14 hours")
            return nil
        }
        return zone
    }
}
