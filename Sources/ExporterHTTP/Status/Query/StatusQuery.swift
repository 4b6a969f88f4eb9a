/// What of the status page a person asked for by its URL. What cannot be understood is as if it were not there.
public struct StatusQuery: Hashable, Sendable {
    /// The columns that the table of apps can be sorted by.
    public enum Sort: String, CaseIterable, Sendable {
        /// Name, or id where there is none.
        case name
        /// Problems first, then by usage.
        case state
        /// The newest day's usage so far.
        case usage
        /// The month's usage so far.
        case month
        /// How many rooms had usage.
        case rooms
        /// When it was last read with success.
        case success
        /// When it is asked next.
        case next
        /// Provider and account.
        case account

        /// The order in which a person wants to see a column first.
        var usualOrder: Order {
            switch self {
            case .usage, .month, .rooms: .descending
            default: .ascending
            }
        }
    }

    /// Which end of a column comes first.
    public enum Order: String, Sendable {
        /// The smallest.
        case ascending = "asc"
        /// The largest.
        case descending = "desc"

        var reversed: Order { self == .ascending ? .descending : .ascending }
    }

    /// The column that the table of apps is sorted by.
    public var sort: Sort
    /// In which order.
    public var order: Order
    /// The page of the table, from 1.
    public var page: Int
    /// What name, id or account of an app have to contain; empty for all apps.
    public var search: String

    /// Longer than any name that can be looked for.
    static let longestSearch = 200

    /// What was asked for.
    public init(sort: Sort = .state, order: Order? = nil, page: Int = 1, search: String = "") {
        self.sort = sort
        self.order = order ?? sort.usualOrder
        self.page = max(1, page)
        self.search = search
    }

    /// Reads the query of a URL.
    public init(_ text: String) {
        let query = URLQuery(text)
        self.init(
            sort: query["sort"].flatMap(Sort.init) ?? .state,
            order: query["order"].flatMap(Order.init),
            page: Self.page(query["page"] ?? ""),
            search: String((query["q"] ?? "").prefix(Self.longestSearch))
        )
    }

    /// A number that is too large to be one is beyond the last page all the same.
    private static func page(_ text: String) -> Int {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return 1 }
        return Int(text) ?? .max
    }

    /// The query of a link that asks for this, with its question mark; empty for what is shown when nothing is asked for.
    var link: String {
        var pairs: [(name: String, value: String)] = []
        if sort != .state || order != sort.usualOrder {
            pairs += [("sort", sort.rawValue), ("order", order.rawValue)]
        }
        if page > 1 { pairs.append(("page", "\(page)")) }
        if !search.isEmpty { pairs.append(("q", search)) }
        return URLQuery.text(pairs)
    }

    /// The same from another page.
    func at(page: Int) -> StatusQuery {
        var query = self
        query.page = page
        return query
    }

    /// All apps in the same order.
    var everything: StatusQuery { StatusQuery(sort: sort, order: order) }

    /// The same by a column, from the first page: in the other order when it is sorted by that already.
    func sorted(by column: Sort) -> StatusQuery {
        StatusQuery(sort: column, order: column == sort ? order.reversed : nil, search: search)
    }
}
