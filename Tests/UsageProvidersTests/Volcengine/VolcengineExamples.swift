import Foundation
import Usage

@testable import UsageProviders

/// An account, an app and a window that the tests of Volcengine's readers share.
enum VolcengineExamples {
    static let credentials = VolcengineCredentials(
        accessKey: Secret("AKLTexample0001"),
        secretKey: Secret("example-volc-key-1234567890"),
        token: Secret("example-volc-token-abcdef")
    )
    static let app = "661e000000000000000543cf"
    /// 2023-11-14 22:13:20 UTC, which is 06:13:20 of the next day in Beijing.
    static let now = UnixTime(seconds: 1_700_000_000)
    /// The running day.
    static let today = UsageDay(containing: now, zone: .beijing)
    static let window = UsageWindow(day: today.previous)
    static let source = VolcengineProvider.listUsages

    static func account(
        _ transport: any ProviderTransport,
        endpoint: String = VolcengineProvider.defaultEndpoint,
        details: [String: String] = [:],
        credentials: VolcengineCredentials = credentials
    ) throws -> VolcengineAccount {
        VolcengineAccount(
            try .sample(endpoint: endpoint, details: details, keys: keys(credentials), transport: transport)
        )
    }

    static func reader(_ transport: any ProviderTransport, source: UsageSource = source) throws -> any UsageReader {
        guard let reader = try account(transport).reader(for: source) else { throw NoReader() }
        return reader
    }

    /// Reads once through an answer with that body.
    static func read(
        _ transport: any ProviderTransport,
        window: UsageWindow = window,
        now: UnixTime = now
    ) async throws -> Result<Reading, ReadingFailure> {
        try await reader(transport).read(app: app, window: window, now: now).result
    }

    /// Reads once through an answer with those rows, as JSON.
    static func read(rows: String..., window: UsageWindow = window, now: UnixTime = now) async throws -> Result<
        Reading, ReadingFailure
    > {
        try await read(CannedTransport(answer(rows: rows)), window: window, now: now)
    }

    /// What comes of an answer with an error.
    static func failure(_ code: String, message: String = "no", status: Int = 200) async throws -> ReadingFailure? {
        try await read(CannedTransport(status: status, try refusal(code, message: message))).failure
    }

    /// A whole answer around rows.
    static func answer(rows: [String]) -> String {
        answer(result: #"{"Usages":[\#(rows.joined(separator: ","))]}"#)
    }

    /// A whole answer around a result.
    static func answer(result: String) -> String {
        #"{"ResponseMetadata":{"RequestId":"2023","Action":"ListUsages","Version":"2020-12-01","Service":"rtc","#
            + #""Region":"cn-north-1"},"Result":\#(result)}"#
    }

    /// A whole answer that says why there is none.
    static func refusal(_ code: String, message: String = "no", number: String = "100004") throws -> String {
        let text = String(decoding: try JSONEncoder().encode(message), as: UTF8.self)
        let error = #"{"CodeN":\#(number),"Code":"\#(code)","Message":\#(text)}"#
        return #"{"ResponseMetadata":{"RequestId":"2023","Action":"ListUsages","Error":\#(error)}}"#
    }

    /// A row as the provider writes it.
    static func row(_ time: String, audio: Int = 0, sdm: Int = 0, sd: Int = 0, hd: Int = 0) -> String {
        #"{"TimeStamp":"\#(time)","Audio":\#(audio),"VideoSDM":\#(sdm),"VideoSD":\#(sd),"VideoHD":\#(hd)}"#
    }

    /// The midnight of a day, as the provider writes it.
    static func midnight(_ day: UsageDay) -> String { day.start.rfc3339(in: day.zone) }

    /// The credentials by their names in the configuration.
    static func keys(_ credentials: VolcengineCredentials = credentials) -> [String: Secret] {
        ["access_key": credentials.accessKey, "secret_key": credentials.secretKey, "token": credentials.token]
            .compactMapValues { $0 }
    }
}
