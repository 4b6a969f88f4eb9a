import UsageProviders

/// A configuration that has been checked: defaults filled in, paths complete, secrets loaded.
struct ExporterConfiguration: Equatable, Sendable {
    struct Ledger: Equatable, Sendable {
        /// Relative to the working directory or absolute.
        var path: String
        /// How long app totals are kept.
        var retention: Duration
        var roomsRetention: Duration
    }

    struct Poll: Equatable, Sendable {
        /// Wanted freshness of the current day.
        var interval: Duration
        /// How much of the past is filled in; zero for nothing.
        var history: Duration
        /// Of one call.
        var timeout: Duration
    }

    struct Rooms: Equatable, Sendable {
        /// Named rooms per app; 0 for none.
        var limit: Int
        /// With a key, room ids are shown as keyed hashes.
        var hashKey: Secret?
    }

    /// One set of credentials at a provider.
    struct Account: Equatable, Sendable {
        var name: String
        var provider: String
        /// `scheme://host` or `scheme://host:port`, in lower case.
        var endpoint: String
        /// What has no secret in it, by its name, such as `region` or `project_id`.
        var details: [String: String]
        /// What is trusted in place of the machine's own certificates.
        var authorities: TrustedCertificates?
        /// By the names of the provider's own, such as `secret_id`.
        var credentials: [String: Secret]
        /// Where the credentials come from, for whoever watches their files.
        var secretOrigins: [String: SecretReference]
        /// Not empty; the first one is primary.
        var sources: [String]
        /// Empty only where the provider's list is polled.
        var apps: [App]
        /// Which apps of the provider's list are polled; `nil` where they are named one by one.
        var selection: AppSelection?
        /// For every source of the provider, also those that no app uses.
        var sourceSettings: [String: SourceSettings]
    }

    struct App: Equatable, Sendable {
        /// The text as written.
        var id: String
        var name: String?
        /// Its own, or else its account's; not empty, the first one is primary.
        var sources: [String]
    }

    /// The provider's facts about a source, as far as `limits` and `assume` do not replace them.
    struct SourceSettings: Equatable, Sendable {
        var minimumSpacing: Duration
        var zoneOffsetSeconds: Int
        var settledAfter: Duration
        var lag: Duration
    }

    var ledger: Ledger
    /// Over all apps.
    var seriesLimit: Int
    var poll: Poll
    var rooms: Rooms
    /// Not empty, names unique.
    var accounts: [Account]
    /// What is accepted and yet doubtful, sorted by line.
    var warnings: [ConfigurationMessage]
}
