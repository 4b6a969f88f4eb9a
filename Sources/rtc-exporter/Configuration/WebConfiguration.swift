import ExporterHTTP

/// A web configuration file that has been checked: certificates and keys are loaded and fit together.
struct WebConfiguration: Sendable {
    var settings: WebProtectionSettings
    /// What is allowed and yet probably not meant, sorted by line.
    var warnings: [ConfigurationMessage]
}
