/// The list of apps that a provider keeps of an account, a page at a time.
///
/// Conformances neither wait nor retry: when to call is the caller's business.
public protocol AppLister: Sendable {
    /// The shortest time between two calls that the provider allows one account.
    var spacing: Duration { get }

    /// Asks for one page.
    ///
    /// - Parameters:
    ///   - page: Which page, from 0 on.
    ///   - now: The time that the request is signed with.
    /// - Returns: The page, or why there is none.
    @concurrent
    func list(page: Int, now: UnixTime) async -> ProviderAnswer<AppListPage>
}

/// One page of a list of apps.
public struct AppListPage: Hashable, Sendable {
    /// The apps on it.
    public let apps: [ListedApp]
    /// Whether no page follows.
    public let isLast: Bool

    /// A page.
    public init(apps: [ListedApp], isLast: Bool) {
        self.apps = apps
        self.isLast = isLast
    }
}

/// An app as its provider lists it. Whatever else the list holds, keys of the app above all, is not kept.
public struct ListedApp: Hashable, Sendable {
    /// The provider's application id.
    public let id: String
    /// What its owner calls it: any text, of bounded length; empty where it has no name.
    public let name: String

    /// An app of a list; the name is repaired and cut like the names of rooms.
    public init(id: String, name: String) {
        self.id = id
        self.name = RoomID(name).text
    }
}
