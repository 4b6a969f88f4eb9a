public import Usage

/// The apps of an account.
///
/// The list holds keys of the apps, which are secrets: nothing but ids and names is ever decoded.
///
/// Source: the service's own client, `GET /v2/apps`; 60 calls a minute by
/// <https://support.huaweicloud.com/api-rtc/rtc_07_0001.html>.
public struct HuaweiAppList: AppLister {
    /// The most that a page may hold.
    private static let pageSize = 100

    private let call: HuaweiCall

    init(call: HuaweiCall) {
        self.call = call
    }

    /// 60 calls a minute.
    public var spacing: Duration { .seconds(1) }

    /// Asks for one page of a hundred apps. What the API calls an offset counts pages.
    @concurrent
    public func list(page: Int, now: UnixTime) async -> ProviderAnswer<AppListPage> {
        await call.send(now: now) { _ in
            HuaweiCall.Request(
                path: ["v2", "apps"],
                query: [(name: "limit", value: "\(Self.pageSize)"), (name: "offset", value: "\(page)")]
            )
        } decode: { (list: HuaweiApps) throws(ReadingFailure) in
            let end = page * Self.pageSize + list.rows.count
            let isLast = list.rows.count < Self.pageSize || list.count.map { end >= $0 } ?? false
            return AppListPage(apps: list.rows.compactMap { ListedApp(listed: $0.id, name: $0.name) }, isLast: isLast)
        }
    }
}

/// The answer to a query of apps, without the keys that it holds.
private struct HuaweiApps: Decodable, Sendable {
    struct Row: Decodable, Sendable {
        let id: String?
        let name: String?

        enum CodingKeys: String, CodingKey {
            case id = "app_id"
            case name = "app_name"
        }
    }

    let rows: [Row]
    /// How many apps there are; `nil` where the answer does not tell it as a number.
    let count: Int?

    enum CodingKeys: String, CodingKey {
        case rows = "apps"
        case count
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        count = try? container.decodeIfPresent(Int.self, forKey: .count)
        // No list is a list without apps only where the answer says that there are none: else all apps would be gone.
        rows =
            count == 0
            ? try container.decodeIfPresent([Row].self, forKey: .rows) ?? []
            : try container.decode([Row].self, forKey: .rows)
    }
}
