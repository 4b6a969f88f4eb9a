/// What the configuration has to know about the providers. The wiring builds it from the providers' own facts, so that
/// a new provider changes nothing here.
struct ProviderCatalogue: Sendable {
    /// One provider, in the words that users write.
    struct Provider: Sendable {
        let name: String
        let defaultEndpoint: String
        /// `nil` where a provider has no regions or no sensible one to begin with.
        let defaultRegion: String?
        /// `nil` where any region may be named; empty where a provider has none.
        let allowedRegions: [String]?
        /// The forms that credentials may have. The first is meant when what is written fits none.
        let credentialForms: [CredentialForm]
        /// What an account of this provider has besides, and has to have.
        var requiredTexts: [PlainText] = []
        /// In the order in which they are used when the user names none.
        let sources: [Source]
        let appIDs: AppIDForm
        /// Whether the provider lists an account's apps.
        var listsApps = false

        func source(_ name: String) -> Source? {
            sources.first { $0.name == name }
        }
    }

    /// One way to say who calls: which secrets and which texts.
    struct CredentialForm: Sendable {
        let requiredSecrets: [String]
        var optionalSecrets: [String] = []
        var requiredTexts: [PlainText] = []
        var optionalTexts: [PlainText] = []

        var secrets: [String] { requiredSecrets + optionalSecrets }
        var texts: [PlainText] { requiredTexts + optionalTexts }
        var names: [String] { secrets + texts.map(\.name) }
    }

    /// A setting without secrets.
    struct PlainText: Sendable {
        enum Form: Sendable {
            /// Letters, digits, `-` and `_`: it stands in a path.
            case identifier
            /// Anything on one line.
            case line
            /// Scheme, host and port.
            case endpoint
        }

        let name: String
        var form = Form.line
    }

    /// One usage API, with the values that hold unless `limits` or `assume` say otherwise.
    struct Source: Sendable {
        let name: String
        /// Whether an app uses it when neither the app nor its account names sources.
        var isDefault = true
        /// The spacing of calls that the provider documents.
        let minimumSpacing: Duration
        /// Of the source's days: seconds east of Greenwich.
        let zoneOffsetSeconds: Int
        /// How long after its end a day is final.
        let settledAfter: Duration
        /// How far figures trail behind the clock.
        let lag: Duration
    }

    /// What an app id has to look like.
    enum AppIDForm: Sendable {
        case text
        /// Decimal digits. The text stays as written, yet `007` and `7` are one app.
        case number(ClosedRange<UInt64>)
    }

    let providers: [Provider]

    func provider(_ name: String) -> Provider? {
        providers.first { $0.name == name }
    }

    /// The names of all texts that accounts of some provider have.
    var accountTexts: [String] {
        Set(providers.flatMap(\.requiredTexts).map(\.name)).sorted()
    }
}
