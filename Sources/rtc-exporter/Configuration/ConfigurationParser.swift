/// Turns the text of a configuration file into an ``ExporterConfiguration``. Pure but for what `surroundings` does.
struct ConfigurationParser: Sendable {
    let catalogue: ProviderCatalogue
    var surroundings = ConfigurationSurroundings.process

    /// Parses and checks a text.
    ///
    /// - Parameters:
    ///   - text: The content of the file.
    ///   - file: Its path: messages name it, and relative paths in the text start at its folder.
    /// - Returns: The configuration, complete.
    /// - Throws: All that is wrong with it; a text that is not YAML has one message.
    func parse(text: String, file: String) throws(ConfigurationErrors) -> ExporterConfiguration {
        let document = try YAMLDocument(text, of: file)
        guard let root = document.root else {
            throw .one("the file is empty; at least `accounts` is required", file: file, line: 1)
        }
        var reader = ConfigurationReader(
            file: file,
            catalogue: catalogue,
            surroundings: surroundings,
            repeatedKeys: document.repeatedKeys
        )
        return try reader.configuration(root)
    }
}

extension YAMLDocument {
    /// A file's text; what is wrong with it is told as an error of that file.
    init(_ text: String, of file: String) throws(ConfigurationErrors) {
        do {
            try self.init(text)
        } catch {
            throw .one(error.sentence, file: file, line: error.line, column: error.column)
        }
    }
}
