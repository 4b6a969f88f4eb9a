import Foundation
import Testing
import Usage

@testable import UsageProviders

@Suite("A request for usage by day")
struct VolcengineRequestTests {
    private let running = VolcengineExamples.today

    /// The one vector whose body has the form in which this exporter writes it, but for the order of its fields.
    @Test("It goes out with the body and the headers of the SDK")
    func asTheSDK() throws {
        let vector = try #require(try VolcengineVector.all().first { $0.id == "list-usages-20231101" })
        let keys = KeySet(VolcengineExamples.keys(vector.credentials))
        let call = VolcengineCall(
            region: vector.input.region,
            call: AccountCall(
                endpoint: try Endpoint("https://\(vector.input.host)"),
                keys: AccountKeys(keys),
                transport: CannedTransport("")
            )
        )
        let parameters = VolcengineListUsagesRequest(
            app: "661e000000000000000543cf",
            start: "2021-07-24T00:00:00+08:00",
            end: "2021-07-28T00:00:00+08:00"
        )
        let request = try call.request(parameters, keys: keys, now: vector.time())
        let sent = try JSONDecoder().decode([String: String].self, from: Data(request.body))
        #expect(sent == (try JSONDecoder().decode([String: String].self, from: Data(vector.input.body.utf8))))
        #expect(request.method == .post)
        #expect(request.url == "https://rtc.volcengineapi.com/?Action=ListUsages&Version=2023-11-01")
        #expect(
            request.headers.map(\.name) == ["Content-Type", "Host", "X-Content-Sha256", "X-Date", "Authorization"]
        )
        var signed = try vector.request()
        signed = VolcengineSignature.Request(
            method: .post,
            query: signed.query,
            host: signed.host,
            contentType: signed.contentType,
            body: request.body,
            time: signed.time,
            region: signed.region
        )
        let signature = VolcengineSignature(signed, credentials: vector.credentials)
        #expect(request.values(of: "Authorization") == [signature.authorization])
    }

    @Test("Closed days are asked for from midnight to midnight, over the end of a year too")
    func closedDays() async throws {
        let last = try #require(UsageDay(year: 2024, month: 12, day: 31, zone: .beijing))
        let window = try #require(UsageWindow(first: last.advanced(by: -29), last: last))
        #expect(
            try await body(window, now: last.next.start)
                == #"{"AppId":"661e000000000000000543cf","EndTime":"2025-01-01T00:00:00+08:00","#
                + #""StartTime":"2024-12-02T00:00:00+08:00"}"#
        )
    }

    @Test("While the last day still runs it is asked for up to the minute, never up to a time to come")
    func runningDay() async throws {
        let window = try #require(
            UsageWindow(first: running.advanced(by: -29), last: running, through: VolcengineExamples.now)
        )
        #expect(
            try await body(window, now: VolcengineExamples.now)
                == #"{"AppId":"661e000000000000000543cf","EndTime":"2023-11-15T06:13:00+08:00","#
                + #""StartTime":"2023-10-17T00:00:00+08:00"}"#
        )
    }

    @Test("A zone that the user corrected is the zone of the window")
    func correctedZone() async throws {
        let transport = CannedTransport(VolcengineExamples.answer(rows: []))
        var source = VolcengineExamples.source
        source.zone = .utc
        let window = UsageWindow(day: UsageDay(containing: VolcengineExamples.now, zone: .utc).previous)
        let reader = try VolcengineExamples.reader(transport, source: source)
        _ = await reader.read(app: "a", window: window, now: VolcengineExamples.now)
        #expect(
            transport.requests.first?.text
                == #"{"AppId":"a","EndTime":"2023-11-14T00:00:00+00:00","StartTime":"2023-11-13T00:00:00+00:00"}"#
        )
    }

    @Test("An app id is sent as it is, whatever it holds")
    func appID() async throws {
        let transport = CannedTransport(VolcengineExamples.answer(rows: []))
        let reader = try VolcengineExamples.reader(transport)
        _ = await reader.read(app: #"007/"应用"#, window: VolcengineExamples.window, now: VolcengineExamples.now)
        #expect(transport.requests.first?.text.hasPrefix(#"{"AppId":"007/\"应用","#) == true)
    }

    @Test(
        "The entry's host and region are signed",
        arguments: [
            (nil, nil, "rtc.volcengineapi.com", "cn-north-1"),
            (
                "https://open-ap-singapore-1.volcengineapi.com", "ap-singapore-1",
                "open-ap-singapore-1.volcengineapi.com", "ap-singapore-1"
            ),
            (
                "https://open-ap-singapore-1.volcengineapi.com:443", "ap-southeast-1",
                "open-ap-singapore-1.volcengineapi.com", "ap-southeast-1"
            ),
            ("http://127.0.0.1:8080", nil, "127.0.0.1:8080", "cn-north-1"),
        ] as [(String?, String?, String, String)]
    )
    func entry(endpoint: String?, region: String?, host: String, signedRegion: String) async throws {
        let transport = CannedTransport(VolcengineExamples.answer(rows: []))
        let account = try VolcengineExamples.account(
            transport,
            endpoint: endpoint ?? VolcengineProvider.defaultEndpoint,
            details: region.map { ["region": $0] } ?? [:]
        )
        let reader = try #require(account.reader(for: VolcengineExamples.source))
        _ = await reader.read(app: "a", window: VolcengineExamples.window, now: VolcengineExamples.now)
        let request = try #require(transport.requests.first)
        #expect(request.values(of: "Host") == [host])
        #expect(request.values(of: "X-Date") == ["20231114T221320Z"])
        let scope = "Credential=AKLTexample0001/20231114/\(signedRegion)/rtc/request,"
        #expect(request.values(of: "Authorization").first?.contains(scope) == true)
    }

    @Test("There is a token header only when there is a token", arguments: [nil, "", "token-1"] as [String?])
    func token(_ token: String?) async throws {
        let transport = CannedTransport(VolcengineExamples.answer(rows: []))
        let credentials = VolcengineCredentials(
            accessKey: Secret("id-1"),
            secretKey: Secret("key-1"),
            token: token.map { Secret($0) }
        )
        let account = try VolcengineExamples.account(transport, credentials: credentials)
        let reader = try #require(account.reader(for: VolcengineExamples.source))
        _ = await reader.read(app: "1", window: VolcengineExamples.window, now: VolcengineExamples.now)
        let sent = transport.requests.first?.values(of: "X-Security-Token")
        #expect(sent == (token == "token-1" ? ["token-1"] : []))
    }

    @Test("Without a key nothing is sent")
    func noKey() async throws {
        let transport = CannedTransport("")
        let settings = try AccountSettings.sample(
            endpoint: VolcengineProvider.defaultEndpoint,
            keys: ["access_key": Secret("id-1")],
            transport: transport
        )
        let reader = try #require(VolcengineAccount(settings).reader(for: VolcengineExamples.source))
        let answer = await reader.read(app: "1", window: VolcengineExamples.window, now: VolcengineExamples.now)
        #expect(answer.result.failure?.reason == .rejected)
        #expect(!answer.wasSent)
        #expect(transport.requests.isEmpty)
    }

    @Test("There is a reader for each source of the list, and for no other")
    func readers() throws {
        let account = try VolcengineExamples.account(CannedTransport(""))
        #expect(VolcengineProvider.sources.contains(VolcengineProvider.defaultSources))
        for source in VolcengineProvider.sources { #expect(account.reader(for: source)?.source == source) }
        #expect(account.reader(for: TencentProvider.roomUsage) == nil)
        #expect(account.lister != nil)
    }

    private func body(_ window: UsageWindow, now: UnixTime) async throws -> String? {
        let transport = CannedTransport(VolcengineExamples.answer(rows: []))
        _ = try await VolcengineExamples.read(transport, window: window, now: now)
        return transport.requests.first?.text
    }
}
