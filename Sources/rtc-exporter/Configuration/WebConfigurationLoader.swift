import Usage

/// Reads the web configuration file and all it refers to. Check, start and a change while the exporter runs use this one way in.
struct WebConfigurationLoader: Sendable {
    var surroundings = ConfigurationSurroundings.process
    var now: @Sendable () -> UnixTime = SystemClock.now

    /// Loads a file, with certificates and keys.
    ///
    /// - Throws: All that is wrong with it, not only the first.
    func load(_ path: String) throws(ConfigurationErrors) -> WebConfiguration {
        let text = try surroundings.configurationText(at: path, limit: ConfigurationLoader.fileLimit)
        let document = try YAMLDocument(text, of: path)
        guard let root = document.root else {
            // A file that is just being written is empty for a moment, and must not open the doors.
            throw .one("the file is empty; write `{}` for no TLS and no authentication", file: path, line: 1)
        }
        var reader = ConfigurationReader(
            file: path,
            catalogue: ProviderCatalogue(providers: []),
            surroundings: surroundings,
            repeatedKeys: document.repeatedKeys
        )
        return try reader.webConfiguration(root, now: now())
    }
}
