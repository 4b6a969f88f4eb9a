public import Usage

/// The apps of an account.
///
/// The list holds each app's AppKey, which is a secret: nothing but ids and names is ever decoded, and no failure repeats
/// words of an answer.
///
/// Source: ListApps, version 2023-11-01, as the official Go SDK has it:
/// <https://github.com/volcengine/volc-sdk-golang/tree/main/service/rtc/v20231101>.
public struct VolcengineAppList: AppLister {
    /// The most that a page may hold.
    private static let pageSize = 100

    private let call: VolcengineCall

    init(call: VolcengineCall) {
        self.call = call
    }

    /// Two calls a second, like the account's other calls; this one's own limit is not documented.
    public var spacing: Duration { .milliseconds(500) }

    /// Asks for one page of a hundred apps.
    @concurrent
    public func list(page: Int, now: UnixTime) async -> ProviderAnswer<AppListPage> {
        let offset = page * Self.pageSize
        let parameters = VolcengineListAppsRequest(limit: "\(Self.pageSize)", offset: "\(offset)")
        return await call.send(parameters, now: now, quoting: false) {
            (list: VolcengineApps?) throws(ReadingFailure) in
            let rows = list?.rows ?? []
            let end = offset + rows.count
            let isLast = rows.count < Self.pageSize || list?.total.map { Double(end) >= $0 } ?? false
            return AppListPage(apps: rows.compactMap { ListedApp(listed: $0.id, name: $0.name) }, isLast: isLast)
        }
    }
}

/// The parameters of ListApps; the SDK's model has both numbers as texts.
struct VolcengineListAppsRequest: VolcengineParameters {
    static let action = "ListApps"

    let limit: String
    let offset: String

    enum CodingKeys: String, CodingKey {
        case limit = "Limit"
        case offset = "Offset"
    }
}

/// The result of ListApps, without the keys that it holds.
private struct VolcengineApps: Decodable, Sendable {
    struct Row: Decodable, Sendable {
        let id: String?
        let name: String?

        enum CodingKeys: String, CodingKey {
            case id = "AppId"
            case name = "AppName"
        }
    }

    let rows: [Row]?
    /// How many apps there are; `nil` where the answer does not tell it as a number.
    let total: Double?

    enum CodingKeys: String, CodingKey {
        case rows = "AppList"
        case total = "Total"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        total = try? container.decodeIfPresent(Double.self, forKey: .total)
        // No list is one without apps, but not where the answer says that there are some: else all apps would be gone.
        rows =
            total ?? 0 > 0
            ? try container.decode([Row].self, forKey: .rows)
            : try container.decodeIfPresent([Row].self, forKey: .rows)
    }
}
