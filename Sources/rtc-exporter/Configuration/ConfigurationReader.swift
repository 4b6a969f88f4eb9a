import Yams

/// One walk through one configuration file. It never stops at an error: it notes it, goes on with a stand-in, and in
/// the end the notes decide.
///
/// The sections of the file are in extensions, one file each.
struct ConfigurationReader {
    let file: String
    let catalogue: ProviderCatalogue
    let surroundings: ConfigurationSurroundings
    /// See ``YAMLDocument/repeatedKeys``.
    let repeatedKeys: [YAMLPosition: String]
    private(set) var errors: [ConfigurationMessage] = []
    private(set) var warnings: [ConfigurationMessage] = []

    init(
        file: String,
        catalogue: ProviderCatalogue,
        surroundings: ConfigurationSurroundings,
        repeatedKeys: [YAMLPosition: String]
    ) {
        self.file = file
        self.catalogue = catalogue
        self.surroundings = surroundings
        self.repeatedKeys = repeatedKeys
    }

    /// Reads the whole file.
    mutating func configuration(_ root: Node) throws(ConfigurationErrors) -> ExporterConfiguration {
        let root = YAMLValue(root, key: "")
        guard let root = usable(root, at: root) else { throw ConfigurationErrors(errors) }
        let fields = fields(of: root, known: ["ledger", "series_limit", "poll", "rooms", "accounts"])
        let (ledger, poll) = ledgerAndPoll(fields["ledger"], fields["poll"])
        let seriesLimit = wholeNumber(fields["series_limit"], default: 100_000, in: 1...10_000_000)
        let rooms = rooms(fields["rooms"])
        let accounts = accounts(fields)
        guard errors.isEmpty else { throw ConfigurationErrors(errors) }
        return ExporterConfiguration(
            ledger: ledger,
            seriesLimit: seriesLimit,
            poll: poll,
            rooms: rooms,
            accounts: accounts,
            warnings: warnings.sorted()
        )
    }

    mutating func fail(_ value: YAMLValue, _ sentence: String) {
        errors.append(message(value, sentence))
    }

    mutating func fail(_ message: ConfigurationMessage) {
        errors.append(message)
    }

    mutating func warn(_ value: YAMLValue, _ sentence: String) {
        warnings.append(message(value, sentence))
    }

    private func message(_ value: YAMLValue, _ sentence: String) -> ConfigurationMessage {
        ConfigurationMessage(
            file: file,
            line: value.line,
            column: value.position.column,
            key: value.key,
            sentence: sentence
        )
    }
}
