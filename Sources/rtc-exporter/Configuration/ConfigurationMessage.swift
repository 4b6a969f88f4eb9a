/// One thing that is wrong, or doubtful, in the configuration, and where.
struct ConfigurationMessage: Error, Hashable, Sendable {
    /// The configuration file, as the user named it.
    let file: String
    /// Counted from 1; `nil` when the whole file is meant, such as one that does not exist.
    let line: Int?
    /// Counted from 1, in Unicode scalars.
    let column: Int?
    /// The path of the key, such as `accounts[0].apps[2].id`; empty at the top.
    let key: String
    /// What is wrong and what is expected. Never a secret, and never a text that could be one in the wrong place.
    let sentence: String
}

extension ConfigurationMessage: CustomStringConvertible {
    /// `rtc-exporter.yml:12: accounts[0].name: sentence`.
    var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(sentence)" : "\(place): \(key): \(sentence)"
    }
}

extension ConfigurationMessage: Comparable {
    /// In the order of the file, which is the order in which somebody mends it.
    static func < (left: ConfigurationMessage, right: ConfigurationMessage) -> Bool {
        (left.line ?? 0, left.column ?? 0, left.key) < (right.line ?? 0, right.column ?? 0, right.key)
    }
}

/// Everything that is wrong with one configuration file, sorted by line; never empty.
struct ConfigurationErrors: Error, Equatable, CustomStringConvertible {
    let messages: [ConfigurationMessage]

    init(_ messages: [ConfigurationMessage]) {
        self.messages = messages.sorted()
    }

    /// One message a line.
    var description: String {
        messages.map(\.description).joined(separator: "\n")
    }
}
