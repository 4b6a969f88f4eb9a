/// Which application at which provider: unique over all accounts.
public struct AppKey: Hashable, Comparable, Sendable {
    /// The provider that runs the app.
    public let provider: Provider
    /// The provider's application id as text, exactly as the user wrote it: `007` is not `7`.
    public let app: String

    /// Names an app of a provider.
    public init(provider: Provider, app: String) {
        self.provider = provider
        self.app = app
    }

    /// By provider, then by app, both as text: the order of pages and tables.
    public static func < (left: AppKey, right: AppKey) -> Bool {
        (left.provider.rawValue, left.app) < (right.provider.rawValue, right.app)
    }
}
