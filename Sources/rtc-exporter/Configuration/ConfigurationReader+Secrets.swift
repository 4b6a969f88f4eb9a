import UsageProviders

/// `{ env: NAME }`, `{ file: PATH }` and `{ value: TEXT }`.
extension ConfigurationReader {
    /// The secret that a value refers to, loaded, and where it comes from. Where none are fetched, a word in its place that
    /// no other secret has.
    mutating func secret(_ value: YAMLValue?) -> (Secret, SecretReference)? {
        guard let value, let reference = reference(value.confidential) else { return nil }
        guard surroundings.hasSecrets else { return (Secret("not fetched: \(reference.key)"), reference) }
        do {
            return (try reference.load(from: surroundings), reference)
        } catch {
            fail(error)
            return nil
        }
    }

    private mutating func reference(_ value: YAMLValue) -> SecretReference? {
        let forms = "expected exactly one of `{ env: NAME }`, `{ file: PATH }` and `{ value: TEXT }`"
        guard case .mapping(let mapping) = value.content else {
            fail(value, "a secret is not written here directly; \(forms)")
            return nil
        }
        let errorsBefore = errors.count
        let fields = fields(of: value, known: ["env", "file", "value"])
        guard errors.count == errorsBefore else { return nil }
        guard fields.names.count == 1, let field = fields[fields.names[0]] else {
            fail(value, mapping.isEmpty ? forms : "a secret comes from one place; \(forms)")
            return nil
        }
        guard let origin = origin(fields.names[0], field) else { return nil }
        return SecretReference(
            origin: origin,
            file: file,
            line: field.line,
            column: field.position.column,
            key: field.key
        )
    }

    private mutating func origin(_ form: String, _ field: YAMLValue) -> SecretReference.Origin? {
        switch form {
        case "env": text(field).map { .environment($0) }
        case "file": path(field).map { .file($0) }
        default: text(field).map { .value(Secret($0)) }
        }
    }
}
