import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ProviderSimulator

@Suite("Refused calls")
struct RefusalTests {
    /// A change to a good call and the code that it brings.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: String
        let change: @Sendable (inout TestQuery) -> Void

        init(_ testDescription: String, _ code: String, _ change: @escaping @Sendable (inout TestQuery) -> Void) {
            self.testDescription = testDescription
            self.code = code
            self.change = change
        }
    }

    @Test("Each mistake has its code, in an answer with status 200", arguments: authentication + common + parameters)
    func codes(_ mistake: Case) async throws {
        let world = World()
        let reply = try await world.routes { try await world.query().with(mistake.change).send($0) }
        #expect(reply.status == .ok)
        #expect(reply.code == mistake.code)
        #expect(reply.message?.isEmpty == false)
        #expect(reply.requestID?.count == 36)
        #expect(reply.headers[.date] == "Wed, 04 Mar 2026 07:00:00 GMT")
        #expect(!reply.text.contains("first-key") && !reply.text.contains("session-token"))
        #expect(world.simulation.calls.all.map(\.outcome) == [mistake.code])
    }

    @Test("Calls at the edge of what is allowed are answered", arguments: allowed)
    func edges(_ good: Case) async throws {
        let world = World()
        let reply = try await world.routes { try await world.query().with(good.change).send($0) }
        #expect(reply.data?.hasPrefix("RoomId,") == true)
        #expect(world.simulation.calls.all.map(\.outcome) == ["ok"])
    }

    @Test("Of several mistakes the first in the provider's order is named")
    func order() async throws {
        let world = World()
        var query = world.query().with {
            $0.headers["X-TC-Action"] = "Nonsense"
            $0.headers["X-TC-Region"] = "mars"
            $0.body = "{}"
            $0.timestamp -= 1_000
            $0.tamper = { _, body in body += " " }
        }
        let expected = [
            "AuthFailure.SignatureExpire", "AuthFailure.SignatureFailure", "InvalidAction", "UnsupportedRegion",
            "MissingParameter",
        ]
        var codes: [String?] = []
        codes.append(try await world.answer(query).code)
        query.timestamp += 1_000
        codes.append(try await world.answer(query).code)
        query.tamper = { _, _ in }
        codes.append(try await world.answer(query).code)
        query.headers["X-TC-Action"] = RoomUsageQuery.action
        codes.append(try await world.answer(query).code)
        query.headers["X-TC-Region"] = "ap-singapore"
        codes.append(try await world.answer(query).code)
        #expect(codes == expected)
    }

    @Test("Only POST to the root is served")
    func routes() async throws {
        let world = World()
        try await world.routes { client in
            let get = try await client.execute(uri: "/", method: .get) { String(buffer: $0.body) }
            #expect(get.contains("UnsupportedProtocol"))
            let status = try await client.execute(uri: "/v3", method: .post) { $0.status }
            #expect(status == .notFound)
        }
    }

    @Test("A body above 10 MB is refused unread")
    func size() async throws {
        let world = World()
        let query = world.query().with { $0.body = String(repeating: " ", count: 10 * 1_024 * 1_024 + 1) }
        let reply = try await world.connected { try await query.send($0) }
        #expect(reply.code == "RequestSizeLimitExceeded")
    }

    private static let authentication = [
        Case("no action", "MissingParameter") { $0.headers["X-TC-Action"] = nil },
        Case("no version", "MissingParameter") { $0.headers["X-TC-Version"] = nil },
        Case("no timestamp", "MissingParameter") { $0.tamper = { headers, _ in headers["X-TC-Timestamp"] = nil } },
        Case("a timestamp that is no number", "InvalidParameter") {
            $0.tamper = { headers, _ in headers["X-TC-Timestamp"] = "now" }
        },
        Case("a slow clock", "AuthFailure.SignatureExpire") { $0.timestamp -= 301 },
        Case("a fast clock", "AuthFailure.SignatureExpire") { $0.timestamp += 301 },
        Case("no authorization", "AuthFailure.InvalidAuthorization") {
            $0.tamper = { headers, _ in headers[.authorization] = nil }
        },
        Case("another method of authorization", "AuthFailure.InvalidAuthorization") {
            $0.tamper = { headers, _ in headers[.authorization] = "Bearer first-key" }
        },
        Case("an unknown secret id", "AuthFailure.SecretIdNotFound") {
            $0.account = SimulatedAccount(secretID: "AKIDnobody", secretKey: "first-key", apps: [])
        },
        Case("a wrong key", "AuthFailure.SignatureFailure") {
            $0.account = SimulatedAccount(secretID: "AKIDfirst", secretKey: "second-key", apps: [])
        },
        Case("a changed body", "AuthFailure.SignatureFailure") { $0.tamper = { _, body in body += " " } },
        Case("another host", "AuthFailure.SignatureFailure") { $0.host = "trtc.tencentcloudapi.com" },
        Case("the Beijing date in the scope", "AuthFailure.SignatureFailure") { $0.date = "2026-03-05" },
        Case("another service in the scope", "AuthFailure.SignatureFailure") { $0.service = "cvm" },
        Case("no token where one is needed", "AuthFailure.TokenFailure") {
            $0.account = World.temporary
            $0.tamper = { headers, _ in headers["X-TC-Token"] = nil }
        },
        Case("another token", "AuthFailure.TokenFailure") {
            $0.account = World.temporary
            $0.tamper = { headers, _ in headers["X-TC-Token"] = "old" }
        },
        Case("a token where none belongs", "AuthFailure.TokenFailure") {
            $0.tamper = { headers, _ in headers["X-TC-Token"] = "any" }
        },
    ]

    private static let common = [
        Case("another action", "InvalidAction") { $0.headers["X-TC-Action"] = "DescribeScaleInfo" },
        Case("another version", "NoSuchVersion") { $0.headers["X-TC-Version"] = "2019-07-23" },
        Case("no region", "MissingParameter") { $0.headers["X-TC-Region"] = nil },
        Case("another region", "UnsupportedRegion") { $0.headers["X-TC-Region"] = "ap-beijing" },
        Case("another content type", "InvalidParameter") { $0.headers[.contentType] = "text/plain" },
    ]

    private static let parameters = [
        Case("no JSON", "InvalidParameter") { $0.body = "SdkAppid=1" },
        Case("a list", "InvalidParameter") { $0.body = "[]" },
        Case("nothing", "InvalidParameter") { $0.body = "" },
        Case("no app", "MissingParameter") { $0.body = body(#""StartTime": "2026-03-04 00:00""#) },
        Case("a null app", "MissingParameter") { $0.app = "null" },
        Case("no start", "MissingParameter") { $0.body = body(#""SdkAppid": 1400000001"#) },
        Case("the other actions' spelling", "UnknownParameter") { $0.body = body(#""SdkAppId": 1400000001"#) },
        Case("a parameter more", "UnknownParameter") { $0.app = #"1400000001, "Limit": 5"# },
        Case("an app in quotation marks", "InvalidParameter") { $0.app = #""1400000001""# },
        Case("a broken app", "InvalidParameter") { $0.app = "1.5" },
        Case("a start that is a number", "InvalidParameter") {
            $0.body = body(#""SdkAppid": 1400000001, "StartTime": 1772607600"#)
        },
        Case("seconds", "InvalidParameter") { $0.start = "2026-03-04 00:00:00" },
        Case("a date alone", "InvalidParameter") { $0.start = "2026-03-04" },
        Case("a T between date and time", "InvalidParameter") { $0.start = "2026-03-04T00:00" },
        Case("one digit hours", "InvalidParameter") { $0.start = "2026-03-04 0:00" },
        Case("24 o'clock", "InvalidParameter") { $0.end = "2026-03-04 24:00" },
        Case("a day that does not exist", "InvalidParameter") { $0.end = "2026-02-30 00:00" },
        Case("an end before the start", "InvalidParameter") { $0.end = "2026-03-03 23:59" },
        Case("more than 24 hours", "InvalidParameter") { $0.end = "2026-03-05 00:01" },
        Case("91 days ago", "InvalidParameter") {
            $0.start = "2025-12-03 23:59"
            $0.end = "2025-12-04 00:00"
        },
        Case("an app that does not exist", "FailedOperation.SdkAppIdNotExist") { $0.app = "1400000008" },
        Case("another account's app", "FailedOperation.SdkAppIdNotUnderAppId") { $0.app = "1400000009" },
    ]

    private static let allowed = [
        Case("a slightly slow clock", "ok") { $0.timestamp -= 300 },
        Case("a slightly fast clock", "ok") { $0.timestamp += 300 },
        Case("the other region", "ok") { $0.headers["X-TC-Region"] = "ap-singapore" },
        Case("a charset", "ok") { $0.headers[.contentType] = "application/json; charset=utf-8" },
        Case("more signed headers", "ok") {
            $0.signedHeaders = ["content-type", "host", "x-tc-action", "x-tc-region"]
        },
        Case("a token", "ok") {
            $0.account = World.temporary
            $0.app = "1400000009"
        },
        Case("90 days ago", "ok") {
            $0.start = "2025-12-04 00:00"
            $0.end = "2025-12-05 00:00"
        },
        Case("a window of no length", "ok") { $0.end = $0.start },
        Case("the future", "ok") {
            $0.start = "2026-03-06 00:00"
            $0.end = "2026-03-07 00:00"
        },
    ]

    private static func body(_ members: String) -> String { #"{"EndTime": "2026-03-05 00:00", \#(members)}"# }
}

extension World {
    /// The answer to one query over the routes, long after the one before; the routes do not remember earlier ones.
    func answer(_ query: TestQuery) async throws -> TencentReply {
        try await routes { try await query.send($0) }
    }
}
