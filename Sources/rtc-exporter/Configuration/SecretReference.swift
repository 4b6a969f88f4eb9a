import UsageProviders

/// Where a secret comes from, and where in the configuration that is written.
struct SecretReference: Hashable, Sendable {
    /// One of the three forms `{ env: NAME }`, `{ file: PATH }` and `{ value: TEXT }`.
    enum Origin: Hashable, Sendable {
        case environment(String)
        /// The path is complete: a relative one has been joined to the configuration file's folder.
        case file(String)
        case value(Secret)
    }

    /// More than any key; a larger file is a wrong one.
    static let fileLimit = 64 * 1024

    let origin: Origin
    /// The configuration file that has the reference.
    let file: String
    let line: Int
    let column: Int
    let key: String

    /// Fetches the secret.
    ///
    /// - Returns: The secret, without line breaks at its end.
    /// - Throws: A message at the reference's place. It never holds the secret or a part of it.
    func load(from surroundings: ConfigurationSurroundings) throws(ConfigurationMessage) -> Secret {
        switch origin {
        case .environment(let name):
            try checked(
                value(of: name, in: surroundings.environment),
                from: "environment variable \(shown(variable: name))"
            )
        case .file(let path):
            try checked(content(of: path, with: surroundings.readFile), from: "file \(shown(path: path))")
        case .value(let secret): try checked(secret.reveal(), from: "value")
        }
    }

    private func value(
        of name: String,
        in environment: ConfigurationSurroundings.Environment
    ) throws(ConfigurationMessage) -> String {
        guard let value = environment(name) else {
            throw message("the environment variable \(shown(variable: name)) is not set")
        }
        return value
    }

    private func content(
        of path: String,
        with readFile: ConfigurationSurroundings.ReadFile
    ) throws(ConfigurationMessage) -> String {
        do {
            return String(decoding: try readFile(path, Self.fileLimit), as: UTF8.self)
        } catch {
            throw message("the file \(shown(path: path)) \(error.sentencePart)")
        }
    }

    /// Only what can stand in an HTTP header is a secret: whatever else there is comes from a wrong or damaged file.
    private func checked(_ raw: String, from source: String) throws(ConfigurationMessage) -> Secret {
        let text = raw.withoutTrailingLineBreaks
        guard !text.isEmpty else { throw message("the \(source) is empty") }
        guard text.unicodeScalars.allSatisfy({ (0x20...0x7e).contains($0.value) }) else {
            throw message(
                "the \(source) has a character that cannot be part of a secret (a line break inside, a control "
                    + "character or one that is not ASCII)"
            )
        }
        guard text.first != " ", text.last != " " else { throw message("the \(source) begins or ends with a space") }
        return Secret(text)
    }

    private func message(_ sentence: String) -> ConfigurationMessage {
        ConfigurationMessage(file: file, line: line, column: column, key: key, sentence: sentence)
    }

    /// A secret that somebody wrote in the place of the variable's name or the path must not get into the log.
    private func shown(variable name: String) -> String {
        name.looksLikeVariable ? "`\(name)`" : "named here"
    }

    /// The folders before the file's own name may look like anything: containers give them long random names.
    private func shown(path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return name.looksLikeSecret ? "named here" : "`\(path.withoutControls)`"
    }
}

extension String {
    /// Editors and `echo` end a file with a line break that is no part of what it holds.
    fileprivate var withoutTrailingLineBreaks: String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
        return String(scalars)
    }
}
