import ExporterHTTP
import ExporterMetrics
import HTTPTypes
import Synchronization
import Testing
import Usage
import UsageLedger
import UsageReports

@Suite("/api/v1/usage")
struct UsageEndpointTests {
    /// One app with a figure for each of the last five days, whatever source is asked.
    private struct FiveDays: UsageHistory {
        func history(of app: AppKey, from source: UsageSource, days: ClosedRange<Int>, most: Int) -> [DayHistory] {
            (20_774...20_778).filter(days.contains).prefix(most).map { number in
                DayHistory(
                    source: source,
                    day: UsageDay(number: number, zone: source.zone),
                    seconds: TierSeconds([.audio: number - 20_770]),
                    isSettled: true,
                    through: UnixTime(seconds: 0)
                )
            }
        }

        func room(_ room: RoomID, of app: AppKey, from source: UsageSource, on day: UsageDay) -> TierSeconds? { nil }
    }

    private static let source = UsageSource(
        provider: Provider(rawValue: "tencent"),
        name: "trtc_usage",
        tiers: [.audio],
        knowsRooms: false,
        grain: .minutes,
        reach: 31,
        zone: .beijing,
        settledAfter: .seconds(36_000),
        lag: .zero,
        spacing: .seconds(1)
    )

    private static func edge(prefix: String = "") -> Edge {
        var edge = Edge()
        edge.options.routePrefix = prefix
        let key = AppKey(provider: source.provider, app: "a b/ü")
        let app = PolledApp(key: key, account: "main", name: "", sources: [source])
        let api = UsageAPI(
            history: FiveDays(),
            apps: { ReportedApps(apps: [app]) },
            now: { UnixTime(seconds: 1_795_226_400) }
        )
        edge.usage = api.answer
        return edge
    }

    @Test(
        "Over real HTTP pages lead from one to the next by their link, until all was told",
        arguments: ["", "/rtc"],
        ["json", "csv"]
    )
    func pages(prefix: String, format: String) async throws {
        let edge = Self.edge(prefix: prefix)
        try await edge.listening { port in
            var query = "?app=a+b%2F%C3%BC&limit=2&format=\(format)"
            var figures: [Int] = []
            for _ in 0..<3 {
                let answer = try await Client(port: port).execute(uri: "\(prefix)/api/v1/usage\(query)")
                #expect(answer.status == .ok)
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                let text = answer.text
                figures += (4...8).filter { text.contains(format == "csv" ? ",\($0)\n" : "\"seconds\":\($0)}") }
                let link = HTTPField.Name("Link").flatMap { answer.headers[$0] } ?? "<>"
                query = String(link.dropFirst().prefix { $0 != ">" })
                #expect(link == "<>" || link.hasSuffix("; rel=\"next\""))
                #expect(format == "csv" || text.contains(query.isEmpty ? "\"next\":null" : "\"next\":\"\(query)\""))
            }
            #expect(figures == [4, 5, 6, 7, 8])
            #expect(query.isEmpty)
        }
        #expect(edge.counts == ["usage 200": 3])
    }

    @Test("HEAD tells what GET would, without the rows")
    func head() async throws {
        let edge = Self.edge()
        let (head, get) = (try await edge.answer("/api/v1/usage", .head), try await edge.answer("/api/v1/usage"))
        #expect(head.status == .ok)
        #expect(head.headers[.contentType] == "application/json")
        #expect(head.headers[.contentLength] == get.headers[.contentLength])
        #expect(get.headers[.contentLength] == "\(get.bytes.count)")
        #expect(head.text.isEmpty)
    }

    @Test(
        "Other methods change nothing and are told which ones there are",
        arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options, .trace]
    )
    func methods(method: HTTPRequest.Method) async throws {
        let edge = Self.edge()
        let answer = try await edge.answer("/api/v1/usage", method)
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD")
        #expect(answer.text.contains("\"code\":\"method_not_allowed\""))
        #expect(edge.counts == ["usage 405": 1])
    }

    @Test(
        "A question that cannot be answered has status 400 and JSON, also when CSV was asked for",
        arguments: [
            "?x=1", "?format=csv&x=1", "?from=2026-11-31", "?app=%00", "?app=%", "?%3Cscript%3E",
            "?room=a&step=5m&app=a+b/%C3%BC",
        ]
    )
    func refused(query: String) async throws {
        let edge = Self.edge()
        let answer = try await edge.answer("/api/v1/usage\(query)")
        #expect(answer.status == .badRequest)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.text.hasPrefix("{\"error\":{\"code\":\""))
        #expect(!answer.text.contains("<script"))
        #expect(edge.counts == ["usage 400": 1])
    }

    @Test("While the ledger cannot be read it is 503")
    func unreadable() async throws {
        struct Broken: Error {}
        struct Unreadable: UsageHistory {
            func history(of: AppKey, from: UsageSource, days: ClosedRange<Int>, most: Int) throws -> [DayHistory] {
                throw Broken()
            }
            func room(_: RoomID, of: AppKey, from: UsageSource, on: UsageDay) throws -> TierSeconds? { throw Broken() }
        }
        let app = PolledApp(
            key: AppKey(provider: Self.source.provider, app: "a"),
            account: "",
            name: "",
            sources: [Self.source]
        )
        let failures = Mutex(0)
        var edge = Edge()
        edge.usage = { query in
            await UsageAPI(
                history: Unreadable(),
                apps: { ReportedApps(apps: [app]) },
                now: { UnixTime(seconds: 1_795_226_400) },
                onFailure: { error in failures.withLock { $0 += error is Broken ? 1 : 0 } }
            ).answer(query)
        }
        let answer = try await edge.answer("/api/v1/usage")
        #expect(answer.status == .serviceUnavailable)
        #expect(
            answer.text
                == #"{"error":{"code":"ledger_unreadable","parameter":"","message":"The ledger cannot be read."}}"#
                + "\n"
        )
        #expect(failures.withLock { $0 } == 1)
    }

    @Test("Only so many pages are made at once; the rest is asked to come back")
    func gate() async throws {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let hold = Task { for await _ in released {} }
        var edge = Edge()
        edge.usage = { _ in
            enter.yield()
            await hold.value
            return .problem(503, .otherMethod)
        }
        let application = edge
        try await edge.routed { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await client.execute(uri: "/api/v1/usage") } }
                var waiting = 0
                for await _ in entered {
                    waiting += 1
                    if waiting == 8 { break }
                }
                let answer = try await client.execute(uri: "/api/v1/usage", method: .get)
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.text.contains("\"code\":\"busy\""))
                release.finish()
                try await group.waitForAll()
            }
            try await client.execute(uri: "/api/v1/usage", method: .get)
        }
        #expect(application.counts == ["usage 503": 10])
    }

    @Test("The status page links it, where a browser outside of a proxy finds it")
    func linked() async throws {
        var edge = Self.edge()
        edge.options.externalPath = "/outside"
        #expect(try await edge.answer("/").text.contains("href=\"/outside/api/v1/usage\">Usage</a>"))
    }
}
