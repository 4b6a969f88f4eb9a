public import ExporterMetrics
public import Usage

/// The apps that reports may be about.
public struct ReportedApps: Sendable {
    /// The apps, by provider and id.
    public let apps: [PolledApp]
    /// The providers that are configured, also those of which no app is known yet.
    public let providers: Set<Provider>

    /// The apps and providers of a configuration.
    public init(apps: [PolledApp], providers: Set<Provider> = []) {
        self.apps = apps.sorted { $0.key < $1.key }
        self.providers = providers.union(apps.map(\.key.provider))
    }
}
