import Foundation
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
        endpoint: String = TencentProvider.defaultEndpoint,
        credentials: TencentCredentials = credentials
    ) throws -> any UsageReader {
        let reader = TencentProvider.reader(
            for: TencentProvider.roomUsage,
            endpoint: try Endpoint(endpoint),
            region: "ap-guangzhou",
            credentials: credentials,
            transport: transport
        )
        guard let reader else { throw NoReader() }
        return reader
    }

    /// Reads once through an answer with that body.
    static func read(_ transport: any ProviderTransport) async throws -> Result<Reading, ReadingFailure> {
        try await reader(transport).read(app: app, window: window, now: now).result
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

    /// A whole answer that says why there is none.
    static func refusal(_ code: String, message: String = "no") throws -> String {
        let text = String(decoding: try JSONEncoder().encode(message), as: UTF8.self)
        return #"{"Response":{"Error":{"Code":"\#(code)","Message":\#(text)},"RequestId":"req-2"}}"#
    }

    struct NoReader: Error {}
}

extension RoomUsage {
    /// A room and its seconds in the order of Tencent's columns.
    init(_ room: String, _ seconds: [Int]) {
        let tiers = zip(TencentProvider.roomUsage.tiers, seconds).map { ($0, $1) }
        self.init(room: RoomID(room), seconds: TierSeconds(Dictionary(uniqueKeysWithValues: tiers)))
    }
}

extension Result {
    /// Why there is no reading, or no answer.
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
