/// The secrets of an account by their names in the configuration, such as `secret_key`.
public struct KeySet: Hashable, Sendable {
    private let secrets: [String: Secret]

    /// A set of secrets; names that are not known to the provider are of no use and do no harm.
    public init(_ secrets: [String: Secret]) {
        self.secrets = secrets
    }

    /// A secret by its name.
    public subscript(name: String) -> Secret? { secrets[name] }

    /// A provider's own words, with whatever they may repeat of these and of further secrets made unreadable.
    func redacted(_ text: String, and more: [Secret] = []) -> String {
        // By bytes: an accent behind a secret makes another character of its last one. The longest first: one may be a part of
        // another.
        let texts = (secrets.values + more).map { Array($0.reveal().utf8) }.filter { !$0.isEmpty }
        let safe = texts.sorted { $0.count > $1.count }.reduce(Array(text.utf8)) { text, secret in
            text.replacing(secret, with: Array("<secret>".utf8))
        }
        return String(decoding: safe, as: UTF8.self)
    }
}
