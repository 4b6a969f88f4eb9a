import Foundation
import Testing
import Usage

@testable import UsageProviders

@Suite("A request for room usage")
struct TencentRequestTests {
    /// The vectors whose body has the form in which this exporter writes it: compact, keys in order.
    @Test(
        "It goes out with the body and the headers of the SDK",
        arguments: try TC3Vector.all().filter { vector in
            vector.input.action == "DescribeTrtcRoomUsage" && vector.input.contentType == "application/json"
                && !vector.name.hasSuffix("sdk-json")
        }
    )
    func asTheSDK(_ vector: TC3Vector) throws {
        struct Body: Decodable {
            let SdkAppid: Int
            let StartTime: String
            let EndTime: String
        }
        let body = try JSONDecoder().decode(Body.self, from: Data(try vector.body()))
        let call = TencentCall(
            endpoint: try Endpoint("https://\(vector.input.host)"),
            region: vector.input.region,
            credentials: vector.credentials,
            transport: CannedTransport("")
        )
        let request = try call.request(
            TencentRoomUsageRequest(appID: body.SdkAppid, start: body.StartTime, end: body.EndTime),
            now: UnixTime(seconds: vector.input.timestamp)
        )
        #expect(request.url == "https://\(vector.input.host)/")
        #expect(try request.body == vector.body())
        for (name, value) in vector.requestHeaders { #expect(request.values(of: name) == [value], "\(name)") }
        let sent = Set(request.headers.map { $0.name.lowercased() })
        #expect(sent == Set(vector.requestHeaders.keys.map { $0.lowercased() } + ["x-tc-language"]))
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

    @Test("A zone that the user corrected is the zone of the window")
    func correctedZone() async throws {
        let transport = CannedTransport(try TencentExamples.answer(csv: ""))
        var source = TencentProvider.roomUsage
        source.zone = .utc
        let reader = try #require(
            TencentProvider.reader(
                for: source,
                endpoint: try Endpoint(TencentProvider.defaultEndpoint),
                region: "ap-singapore",
                credentials: TencentExamples.credentials,
                transport: transport
            )
        )
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
        #expect(transport.requests.isEmpty)
    }

    @Test("There is a reader for each source of the list and for no other")
    func readers() throws {
        func reader(for source: UsageSource) throws -> (any UsageReader)? {
            TencentProvider.reader(
                for: source,
                endpoint: try Endpoint(TencentProvider.defaultEndpoint),
                region: TencentProvider.defaultRegion,
                credentials: TencentExamples.credentials,
                transport: CannedTransport("")
            )
        }
        for source in TencentProvider.sources { #expect(try reader(for: source)?.source == source) }
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
        #expect(try reader(for: other) == nil)
    }
}
