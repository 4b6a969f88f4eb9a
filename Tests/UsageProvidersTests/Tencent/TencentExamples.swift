import Foundation
import Testing
import Usage

@testable import UsageProviders

/// An account, an app and a window that the tests of Tencent's readers share.
enum TencentExamples {
    static let credentials = TencentCredentials(
        secretID: Secret("AKID-example-id-0001"),
        secretKey: Secret("example-key-1234567890"),
        token: Secret("example-token-abcdef")
    )
    static let app = "1400017192"
    /// 2023-11-14 22:13:20 UTC, which is 06:13:20 of the next day in Beijing.
    static let now = UnixTime(seconds: 1_700_000_000)
    static let header = "RoomId,Audio,SD,hd,FullHD,2K,4K\n"

    static let day = UsageDay(containing: now, zone: .beijing)
    static let window = UsageWindow(day: day.previous)

    static func reader(
        _ transport: any ProviderTransport,
        of source: UsageSource = TencentProvider.roomUsage,
        endpoint: String = TencentProvider.defaultEndpoint,
        credentials: TencentCredentials = credentials
    ) throws -> any UsageReader {
        let account = TencentAccount(
            try .sample(endpoint: endpoint, keys: keys(credentials), transport: transport)
        )
        guard let reader = account.reader(for: source) else { throw NoReader() }
        return reader
    }

    /// Reads once through an answer with that body.
    static func read(_ transport: any ProviderTransport) async throws -> Result<Reading, ReadingFailure> {
        try await reader(transport).read(app: app, window: window, now: now).result
    }

    /// Reads once through an answer with that body, about other days than those of ``window`` if need be.
    static func read(
        _ source: UsageSource,
        _ body: String,
        window: UsageWindow
    ) async throws -> Result<Reading, ReadingFailure> {
        try await reader(CannedTransport(body), of: source).read(app: app, window: window, now: now).result
    }

    /// Days of September 2020, as in the provider's own examples, of which the last may still run.
    static func september(_ first: Int, _ last: Int, endHour: Int? = nil) throws -> UsageWindow {
        let start = try #require(UsageDay(year: 2020, month: 9, day: first, zone: .beijing))
        let end = start.advanced(by: last - first)
        guard let endHour else { return try #require(UsageWindow(first: start, last: end)) }
        return try #require(UsageWindow(first: start, last: end, through: end.start + .seconds(endHour * 3600)))
    }

    /// What comes of an answer with an error.
    static func failure(_ code: String, message: String) async throws -> ReadingFailure? {
        try await read(CannedTransport(try refusal(code, message: message))).failure
    }

    /// A whole answer around a table.
    static func answer(csv: String) throws -> String {
        let data = String(decoding: try JSONEncoder().encode(csv), as: UTF8.self)
        return #"{"Response":{"Data":\#(data),"RequestId":"req-1"}}"#
    }

    /// A whole answer of DescribeTrtcUsage.
    static func usageAnswer(
        keys: [String] = ["Audio", "SD", "HD", "FullHD", "2K", "4K"],
        _ rows: (String, [String])...
    ) -> String {
        let rows = rows.map { #"{"TimeKey":"\#($0)","UsageValue":[\#($1.joined(separator: ","))]}"# }
        let keys = keys.map { "\"\($0)\"" }
        return """
            {"Response":{"UsageKey":[\(keys.joined(separator: ","))],"UsageList":[\(rows.joined(separator: ","))],\
            "RequestId":"req-3"}}
            """
    }

    /// A row of DescribeTrtcInteractiveTime with its figures in the order of the source's tiers.
    static func row(_ timeKey: String, _ seconds: [Int]) -> String {
        let names = ["AudioTime", "VideoTimeSd", "VideoTimeHd", "VideoTimeHdp", "AudioVideoTime"]
        let figures = zip(names, seconds).map { #""\#($0)":\#($1)"# }.joined(separator: ",")
        return #"{\#(figures),"TimeKey":"\#(timeKey)"}"#
    }

    /// A whole answer of DescribeTrtcInteractiveTime about apps by their ids as JSON.
    static func interactiveAnswer(_ apps: (id: String, rows: [String])...) -> String {
        let usages = apps.map { app in
            #"{"TotalNum":\#(app.rows.count),"SdkAppId":\#(app.id),"SdkAppIdTrtcTimeUsages":["#
                + app.rows.joined(separator: ",") + "]}"
        }
        return #"{"Response":{"Usages":[\#(usages.joined(separator: ","))],"RequestId":"req-4"}}"#
    }

    /// A whole answer that says why there is none.
    static func refusal(_ code: String, message: String = "no") throws -> String {
        let text = String(decoding: try JSONEncoder().encode(message), as: UTF8.self)
        return #"{"Response":{"Error":{"Code":"\#(code)","Message":\#(text)},"RequestId":"req-2"}}"#
    }

    /// The credentials by their names in the configuration.
    static func keys(_ credentials: TencentCredentials = credentials) -> [String: Secret] {
        ["secret_id": credentials.secretID, "secret_key": credentials.secretKey, "token": credentials.token]
            .compactMapValues { $0 }
    }
}

extension TierSeconds {
    /// Seconds in the order of a source's tiers.
    init(_ source: UsageSource, _ seconds: [Int]) {
        self.init(Dictionary(uniqueKeysWithValues: zip(source.tiers, seconds).map { ($0, $1) }))
    }
}

extension RoomUsage {
    /// A room and its seconds in the order of Tencent's columns.
    init(_ room: String, _ seconds: [Int]) {
        self.init(room: RoomID(room), seconds: TierSeconds(TencentProvider.roomUsage, seconds))
    }
}
