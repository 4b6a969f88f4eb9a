import Testing
import Usage

@testable import UsageProviders

@Suite("A request for Huawei's usage by day")
struct HuaweiRequestTests {
    private static let today = HuaweiExamples.today

    /// The window's first and last day, counted back from the running one, and the dates that are asked for.
    private static let windows: [(first: Int, last: Int, start: String, end: String)] = [
        (1, 1, "2023-11-13", "2023-11-14"), (3, 2, "2023-11-11", "2023-11-13"), (5, 1, "2023-11-09", "2023-11-14"),
        (30, 1, "2023-10-15", "2023-11-14"), (31, 2, "2023-10-14", "2023-11-13"), (31, 1, "2023-10-14", "2023-11-13"),
        (14, 14, "2023-10-31", "2023-11-01"),
    ]

    @Test("It is about one date more than is wanted, but never about more than 31", arguments: windows)
    func dates(first: Int, last: Int, start: String, end: String) async throws {
        let window = try #require(
            UsageWindow(first: Self.today.advanced(by: -first), last: Self.today.advanced(by: -last))
        )
        let url = try await self.url(window)
        #expect(url.hasSuffix("start_date=\(start)"))
        #expect(url.contains("&end_date=\(end)&"))
    }

    @Test("It is never about a day to come", arguments: [0, 1, 13, 30])
    func runningDay(before: Int) async throws {
        let window = try #require(
            UsageWindow(first: Self.today.advanced(by: -before), last: Self.today, through: HuaweiExamples.now)
        )
        #expect(try await url(window).contains("&end_date=2023-11-14&"))
    }

    @Test("In the first minute of a day, its date may be the one more")
    func firstMinute() async throws {
        let transport = CannedTransport(#"{"usage":[{"date":"2023-11-14","audio":5},{"date":"2023-11-13","audio":7}]}"#)
        let reading = try await HuaweiExamples.read(
            try HuaweiExamples.account(transport),
            now: Self.today.start + .seconds(1)
        ).result.get()
        #expect(transport.requests.first?.url.contains("&end_date=2023-11-14&") == true)
        #expect(reading.days.map(\.day) == [Self.today.previous, Self.today])
        #expect(reading.through(Self.today, lag: .zero) == Self.today.start)
    }

    @Test("An app is written so that it can be nothing but a value")
    func escaped() async throws {
        let transport = CannedTransport(HuaweiExamples.noUsage)
        _ = try await HuaweiExamples.read(try HuaweiExamples.account(transport), app: "a&metric=b c/d#e%")
        let url = try #require(transport.requests.first?.url)
        #expect(url.contains("/usage?app=a%26metric%3Db%20c%2Fd%23e%25&end_date="))
    }

    @Test(
        "The host that is signed is the host that is sent",
        arguments: [
            ("https://rtc-api.myhuaweicloud.com", "rtc-api.myhuaweicloud.com"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://[::1]:8080", "[::1]:8080"),
        ]
    )
    func host(endpoint: String, host: String) async throws {
        let transport = CannedTransport(HuaweiExamples.noUsage)
        _ = try await HuaweiExamples.read(try HuaweiExamples.account(transport, endpoint: endpoint))
        let request = try #require(transport.requests.first)
        #expect(request.url.hasPrefix("\(endpoint)/v1/\(HuaweiExamples.project)/rtc/history/usage?"))
        #expect(request.values(of: "Host") == [host])
        #expect(request.values(of: "X-Project-Id") == [HuaweiExamples.project])
        #expect(request.values(of: "X-Sdk-Date") == ["20231114T221320Z"])
    }

    @Test(
        "What the settings lack is told, and nothing is sent",
        arguments: [
            (HuaweiExamples.keys, [:], "project_id"), (HuaweiExamples.keys, ["project_id": ""], "project_id"),
            (["access_key": Secret("a")], HuaweiExamples.details, "secret_key"),
            (HuaweiExamples.login, ["project_id": "p", "user": "u"], "domain"),
            (HuaweiExamples.login, ["project_id": "p", "domain": "d"], "user"),
            ([:], HuaweiExamples.userDetails, "password"),
            (HuaweiExamples.login, HuaweiExamples.userDetails.merging(["iam_endpoint": "iam"]) { $1 }, "iam_endpoint"),
        ] as [([String: Secret], [String: String], String)]
    )
    func incomplete(keys: [String: Secret], details: [String: String], name: String) async throws {
        let transport = CannedTransport(HuaweiExamples.noUsage)
        let account = try HuaweiExamples.account(transport, keys: keys, details: details)
        let answer = try await HuaweiExamples.read(account)
        #expect(answer.result.failure?.reason == .rejected)
        #expect(answer.result.failure?.scope == .account)
        #expect(answer.result.failure?.advice?.contains(name) == true)
        #expect(!answer.wasSent)
        #expect(transport.requests.isEmpty)
    }

    @Test("There is a reader for each source of the list and for no other, and a list of apps")
    func readers() throws {
        let account = try HuaweiExamples.account(CannedTransport(""))
        for source in HuaweiProvider.sources { #expect(account.reader(for: source)?.source == source) }
        #expect(account.reader(for: TencentProvider.roomUsage) == nil)
        #expect(account.lister?.spacing == .seconds(1))
        #expect(HuaweiProvider.defaultSources == [HuaweiProvider.historyUsage])
        #expect(throws: Never.self) { try Endpoint(HuaweiProvider.defaultEndpoint) }
        #expect(throws: Never.self) { try Endpoint(HuaweiProvider.defaultIAMEndpoint) }
    }

    private func url(_ window: UsageWindow) async throws -> String {
        let transport = CannedTransport(HuaweiExamples.noUsage)
        _ = try await HuaweiExamples.read(try HuaweiExamples.account(transport), window: window)
        return try #require(transport.requests.first?.url)
    }
}
