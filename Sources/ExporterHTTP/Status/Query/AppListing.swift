/// Which apps of all are on a page, and in which order.
public struct AppListing: Sendable {
    /// How many apps a page has at most.
    public static let appsPerPage = 50

    /// What was asked for; the page is one that there is.
    public let query: StatusQuery
    /// How many apps there are.
    public let total: Int
    /// How many of them fail.
    public let failing: Int
    /// How many of them are looked for.
    public let matching: Int
    /// The apps of the page, in its order.
    public let shown: [AppSummary]

    /// Chooses and sorts.
    ///
    /// - Parameters:
    ///   - apps: All apps.
    ///   - query: What is asked for. Of a page beyond the last one the last one is shown.
    public init(_ apps: [AppSummary], by query: StatusQuery) {
        let found = query.search.isEmpty ? apps : apps.filter { $0.contains(query.search) }
        let pages = max(1, (found.count + Self.appsPerPage - 1) / Self.appsPerPage)
        self.query = query.at(page: min(query.page, pages))
        total = apps.count
        failing = apps.count { $0.state == .failing }
        matching = found.count
        let first = (self.query.page - 1) * Self.appsPerPage
        shown = Array(AppOrder(query).sorted(found).dropFirst(first).prefix(Self.appsPerPage))
    }

    /// How many pages there are, one at least.
    var pages: Int { max(1, (matching + Self.appsPerPage - 1) / Self.appsPerPage) }

    /// The places of the apps shown among those looked for, from 1; empty when there are none.
    var places: Range<Int> {
        let first = (query.page - 1) * Self.appsPerPage + 1
        return first..<first + shown.count
    }
}

extension AppSummary {
    /// Whether a person who looks for a text means this app.
    fileprivate func contains(_ text: String) -> Bool {
        let wanted = text.lowercased()
        return [name.name, name.app, account, name.provider].contains { $0.lowercased().contains(wanted) }
    }
}

/// The order of a table of apps: what is not known comes last either way, and equal apps by usage, then by id.
private struct AppOrder {
    private let query: StatusQuery

    init(_ query: StatusQuery) {
        self.query = query
    }

    func sorted(_ apps: [AppSummary]) -> [AppSummary] {
        switch query.sort {
        case .name: sorted(apps) { $0.name.shown.lowercased() }
        case .state: sorted(apps) { $0.state.rawValue }
        case .usage: sorted(apps, by: \.seconds)
        case .month: sorted(apps, by: \.month)
        case .rooms: sorted(apps, by: \.rooms)
        case .success: sorted(apps, by: \.lastSuccess)
        case .next: sorted(apps, by: \.nextCall)
        case .account: sorted(apps) { "\($0.name.provider) \($0.account)".lowercased() }
        }
    }

    /// Each app's key is made once.
    private func sorted<Key: Comparable>(_ apps: [AppSummary], by key: (AppSummary) -> Key?) -> [AppSummary] {
        apps.map { (app: $0, key: key($0)) }.sorted { isFirst($0, $1) }.map(\.app)
    }

    private func isFirst<Key: Comparable>(
        _ left: (app: AppSummary, key: Key?),
        _ right: (app: AppSummary, key: Key?)
    ) -> Bool {
        switch (left.key, right.key) {
        case (let leftKey?, let rightKey?) where leftKey != rightKey:
            query.order == .ascending ? leftKey < rightKey : rightKey < leftKey
        case (.some, nil): true
        case (nil, .some): false
        default: Self.usualOrder(left.app, right.app)
        }
    }

    private static func usualOrder(_ left: AppSummary, _ right: AppSummary) -> Bool {
        let (leftUsage, rightUsage) = (left.seconds ?? -1, right.seconds ?? -1)
        guard leftUsage == rightUsage else { return leftUsage > rightUsage }
        return (left.name.provider, left.name.app) < (right.name.provider, right.name.app)
    }
}
