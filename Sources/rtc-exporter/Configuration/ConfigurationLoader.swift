/// Reads the configuration file and all it refers to. Check, start and reload use this one way in.
struct ConfigurationLoader: Sendable {
    /// Far more than anybody writes; it keeps a wrong file from being read whole.
    static let fileLimit = 4 * 1024 * 1024

    let catalogue: ProviderCatalogue
    var surroundings = ConfigurationSurroundings.process

    /// Loads a file and its secrets.
    ///
    /// - Throws: All that is wrong with it, not only the first.
    func load(_ path: String) throws(ConfigurationErrors) -> ExporterConfiguration {
        let text = try surroundings.configurationText(at: path, limit: Self.fileLimit)
        return try ConfigurationParser(catalogue: catalogue, surroundings: surroundings).parse(text: text, file: path)
    }
}

extension ConfigurationSurroundings {
    /// The text of a configuration file.
    func configurationText(at path: String, limit: Int) throws(ConfigurationErrors) -> String {
        let bytes: [UInt8]
        do {
            bytes = try readFile(path, limit)
        } catch {
            throw .one("the configuration file \(error.sentencePart)", file: path, line: nil)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        throw .one("the file is not UTF-8 text: this line has other bytes", file: path, line: line + 1)
    }
}

extension ConfigurationErrors {
    /// An error that leaves nothing else to look at.
    static func one(_ sentence: String, file: String, line: Int?, column: Int? = nil, key: String = "") -> Self {
        ConfigurationErrors([
            ConfigurationMessage(file: file, line: line, column: column, key: key, sentence: sentence)
        ])
    }
}
