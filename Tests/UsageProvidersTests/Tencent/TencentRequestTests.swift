import Foundation
import Testing
import Usage

@testable import UsageProviders

@Suite("A request to Tencent")
struct TencentRequestTests {
    /// What the vectors ask, in the spelling of either action.
    private struct Body: Decodable, Equatable {
        let SdkAppid: Int?
        let SdkAppId: Int?
        let StartTime: String
        let EndTime: String

        static func read(_ body: [UInt8]) throws -> Body { try JSONDecoder().decode(Body.self, from: Data(body)) }
    }

    /// A request whose body the provider's SDK writes in our form is the same in each byte: compact, keys in order.
    @Test(
        "It goes out with the body and the headers of the SDK",
        arguments: try TC3Vector.all().filter { vector in
            ["DescribeTrtcRoomUsage", "DescribeTrtcUsage", "DescribeTrtcInteractiveTime"].contains(vector.input.action)
                && vector.input.contentType == "application/json" && !vector.name.hasSuffix("all-apps")
        }
    )
    func asTheSDK(_ vector: TC3Vector) throws {
        let keys = KeySet(TencentExamples.keys(vector.credentials))
        let body = try Body.read(try vector.body())
        let request = try Self.request(body, vector, keys: keys)
        #expect(request.url == "https://\(vector.input.host)/")
        #expect(try Body.read(request.body) == body)
        for (name, value) in vector.requestHeaders where name != "Authorization" {
            #expect(request.values(of: name) == [value], "\(name)")
        }
        // The body in the SDK's own form has a space behind each colon, which nothing but the signature tells.
        if try !String(decoding: vector.body(), as: UTF8.self).contains("\": ") {
            #expect(try request.body == vector.body())
            #expect(request.values(of: "Authorization") == [vector.expected.authorization])
        }
        let sent = Set(request.headers.map { $0.name.lowercased() })
        #expect(sent == Set(vector.requestHeaders.keys.map { $0.lowercased() } + ["x-tc-language"]))
    }

    private static func request(_ body: Body, _ vector: TC3Vector, keys: KeySet) throws -> ProviderRequest {
        let call = TencentCall(
            region: vector.input.region,
            call: AccountCall(
                endpoint: try Endpoint("https://\(vector.input.host)"),
                keys: AccountKeys(keys),
                transport: CannedTransport("")
            )
        )
        let now = UnixTime(seconds: vector.input.timestamp)
        if let app = body.SdkAppid {
            let parameters = TencentRoomUsageRequest(appID: app, start: body.StartTime, end: body.EndTime)
            return try call.request(parameters, keys: keys, now: now)
        }
        let days = try [body.StartTime, body.EndTime].map { text in
            guard case .day(let day) = TencentTimeKey(text, zone: .beijing) else { throw NoReader() }
            return day
        }
        let window = try #require(UsageWindow(first: days[0], last: days[1]))
        let app = try #require(body.SdkAppId)
        let parameters = TencentDatesRequest(action: vector.input.action, appID: app, window: window)
        return try call.request(parameters, keys: keys, now: now)
    }

    @Test("The window is written by the clock of the source's zone")
    func window() async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        let day = try #require(UsageDay(year: 2023, month: 11, day: 14, zone: .beijing))
        let window = try #require(UsageWindow(day: day, through: day.start + .seconds(10 * 3600 + 59)))
        let reader = try TencentExamples.reader(transport)
        _ = await reader.read(app: "1400017192", window: window, now: TencentExamples.now)
        #expect(
            transport.requests.first?.text
                == #"{"EndTime":"2023-11-14 10:00","SdkAppid":1400017192,"StartTime":"2023-11-14 00:00"}"#
        )
    }

    @Test("A whole day is asked for from midnight to midnight, over the end of a year too")
    func wholeDay() async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        let day = try #require(UsageDay(year: 2024, month: 12, day: 31, zone: .beijing))
        let reader = try TencentExamples.reader(transport)
        _ = await reader.read(app: "1", window: UsageWindow(day: day), now: TencentExamples.now)
        #expect(
            transport.requests.first?.text
                == #"{"EndTime":"2025-01-01 00:00","SdkAppid":1,"StartTime":"2024-12-31 00:00"}"#
        )
    }

    @Test(
        "Where dates are asked for, both are days of the window by the clock of its zone",
        arguments: [TencentProvider.trtcUsage, TencentProvider.interactiveTime]
    )
    func dates(_ source: UsageSource) async throws {
        for (first, last, endHour) in [(7, 8, nil), (8, 8, nil), (8, 8, 10), (7, 8, 10)] as [(Int, Int, Int?)] {
            let transport = CannedTransport("")
            let window = try TencentExamples.september(first, last, endHour: endHour)
            _ = try await TencentExamples.reader(transport, of: source)
                .read(app: "1400243510", window: window, now: TencentExamples.now)
            let request = try #require(transport.requests.first)
            #expect(
                request.text
                    == #"{"EndTime":"2020-09-0\#(last)","SdkAppId":1400243510,"StartTime":"2020-09-0\#(first)"}"#
            )
        }
    }

    @Test("A zone that the user corrected is the zone of the window")
    func correctedZone() async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        var source = TencentProvider.roomUsage
        source.zone = .utc
        let account = TencentAccount(
            try .sample(
                endpoint: TencentProvider.defaultEndpoint,
                details: ["region": "ap-singapore"],
                keys: TencentExamples.keys(),
                transport: transport
            )
        )
        let reader = try #require(account.reader(for: source))
        let day = UsageDay(containing: TencentExamples.now, zone: .utc)
        _ = await reader.read(app: "1", window: UsageWindow(day: day), now: TencentExamples.now)
        let request = try #require(transport.requests.first)
        #expect(request.text.contains(#""StartTime":"2023-11-14 00:00""#))
        #expect(request.values(of: "X-TC-Region") == ["ap-singapore"])
    }

    @Test("The timestamp is the moment of the call, and the scope has its date in UTC")
    func timestamp() async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        _ = try await TencentExamples.read(transport)
        let request = try #require(transport.requests.first)
        #expect(request.values(of: "X-TC-Timestamp") == ["1700000000"])
        #expect(request.values(of: "Authorization").first?.contains("/2023-11-14/trtc/tc3_request,") == true)
    }

    @Test("There is a token header only when there is a token", arguments: [nil, "", "token-1"] as [String?])
    func token(_ token: String?) async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        let credentials = TencentCredentials(
            secretID: Secret("id-1"),
            secretKey: Secret("key-1"),
            token: token.map { Secret($0) }
        )
        let reader = try TencentExamples.reader(transport, credentials: credentials)
        _ = await reader.read(app: "1", window: TencentExamples.window, now: TencentExamples.now)
        #expect(transport.requests.first?.values(of: "X-TC-Token") == (token == "token-1" ? ["token-1"] : []))
    }

    @Test(
        "The host that is signed is the host that is sent",
        arguments: [
            ("https://trtc.tencentcloudapi.com", "trtc.tencentcloudapi.com", "https://trtc.tencentcloudapi.com/"),
            ("https://TRTC.tencentcloudapi.com:443", "trtc.tencentcloudapi.com", "https://trtc.tencentcloudapi.com/"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("http://[::1]:8080", "[::1]:8080", "http://[::1]:8080/"),
        ]
    )
    func host(endpoint: String, host: String, url: String) async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        let reader = try TencentExamples.reader(transport, endpoint: endpoint)
        _ = await reader.read(app: "1", window: TencentExamples.window, now: TencentExamples.now)
        let request = try #require(transport.requests.first)
        #expect(request.url == url)
        #expect(request.values(of: "Host") == [host])
        let signature = TC3Signature(
            service: "trtc",
            host: host,
            contentType: "application/json",
            body: request.body,
            time: TencentExamples.now,
            credentials: TencentExamples.credentials
        )
        #expect(request.values(of: "Authorization") == [signature.authorization])
    }

    @Test("An app id that is no number is refused before anything is sent")
    func appID() async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        let reader = try TencentExamples.reader(transport)
        let answer = await reader.read(app: "classroom", window: TencentExamples.window, now: TencentExamples.now)
        #expect(answer.result.failure?.reason == .rejected)
        #expect(!answer.wasSent)
        #expect(transport.requests.isEmpty)
    }

    @Test("There is a reader for each source of the list and for no other")
    func readers() throws {
        let account = TencentAccount(
            try .sample(
                endpoint: TencentProvider.defaultEndpoint,
                keys: TencentExamples.keys(),
                transport: CannedTransport("")
            )
        )
        for source in TencentProvider.sources { #expect(account.reader(for: source)?.source == source) }
        #expect(TencentProvider.sources.map(\.name) == ["trtc_usage", "room_usage", "interactive_time"])
        #expect(TencentProvider.defaultSources.map(\.name) == ["trtc_usage", "room_usage"])
        let other = UsageSource(
            provider: .tencent,
            name: "unknown",
            tiers: [.audio],
            knowsRooms: false,
            grain: .days,
            reach: 1,
            zone: .utc,
            settledAfter: .zero,
            lag: .zero,
            spacing: .zero
        )
        #expect(account.reader(for: other) == nil)
    }
}
