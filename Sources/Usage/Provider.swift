/// A real-time-communication cloud, by the name that stands in the `provider` label and in the configuration.
///
/// An open set: each provider's folder adds its own constant, so that a new one changes nothing here.
public struct Provider: RawRepresentable, Hashable, Sendable {
    /// The name as users write it: lower case, stable across releases.
    public let rawValue: String

    /// Names a provider.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}
