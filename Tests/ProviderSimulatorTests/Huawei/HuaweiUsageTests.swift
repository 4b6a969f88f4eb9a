import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("Huawei's usage query")
struct HuaweiUsageTests {
    private static let clinic = "5fa6000000000000000000a1"
    private static let idle = "5fa6000000000000000000a2"

    @Test("UTC days are told in seconds, with their total, and are what is claimed")
    func days() async throws {
        let clouds = Clouds()
        let reply = try await clouds.huaweiUsage(from: "2026-02-20", to: "2026-03-04")
        #expect(reply.status == 200)
        #expect(reply.headers["X-Request-Id"]?.count == 36)
        #expect(reply.headers[.date] == "Wed, 04 Mar 2026 07:00:00 GMT")
        let claims = try clouds.claims(.historyUsage, Self.clinic, "2026-02-20", "2026-03-04")
        #expect(claims.count == 13)
        #expect(reply.huaweiRows == claims)
        for row in reply["usage"]?.elements ?? [] {
            #expect(row.members?["total_duration"]?.integer == claims[row.members?["date"]?.string ?? ""]?.sum)
        }
    }

    @Test("A UTC day goes from 08:00 to 08:00 at +08:00")
    func zone() throws {
        let clouds = Clouds { $0.revisions = false }
        let day = try #require(SimulatedDay("2026-03-01"))
        let start = SimulatedSource.historyUsage.start(ofDay: day.number)
        #expect(start == day.start + 8 * 3_600_000)
        let truth = clouds.simulation.truth
        let visible = truth.visibleTotal(app: Self.clinic, from: start, to: start + 86_400_000, now: Clouds.now)
        #expect(try clouds.claimed(.historyUsage, Self.clinic, "2026-03-01") == visible)
    }

    @Test("A day's figures become final 12 hours after it, and not before")
    func revision() throws {
        let clouds = Clouds()
        let day = try #require(SimulatedDay("2026-03-01")).number
        let final = SimulatedSource.historyUsage.start(ofDay: day + 1) + 12 * 3_600_000
        let truth = clouds.simulation.truth
        let before = try #require(truth.claimed(.historyUsage, app: Self.clinic, day: day, now: final - 1))
        let after = try #require(truth.claimed(.historyUsage, app: Self.clinic, day: day, now: final))
        #expect(before.sum < after.sum)
        #expect(truth.claimed(.historyUsage, app: Self.clinic, day: day, now: final + 40 * 86_400_000) == after)
    }

    @Test("The last date may be left out, as may the running day and days without usage")
    func options() async throws {
        let exclusive = Clouds { $0.huaweiEndDate = .exclusive }
        let dates = try await exclusive.huaweiUsage(from: "2026-03-01", to: "2026-03-03").huaweiRows.keys.sorted()
        #expect(dates == ["2026-03-01", "2026-03-02"])
        let closed = Clouds { $0.huaweiListsToday = false }
        #expect(
            try await closed.huaweiUsage(from: "2026-03-03", to: "2026-03-04").huaweiRows.keys.sorted() == [
                "2026-03-03"
            ]
        )
        #expect(try closed.claimed(.historyUsage, Self.clinic, "2026-03-04") == nil)
        #expect(
            try await Clouds().huaweiUsage(app: Self.idle, from: "2026-03-01", to: "2026-03-04")["usage"]?.elements
                == []
        )
        let zeros = Clouds { $0.quietDays = .zero }
        let rows = try await zeros.huaweiUsage(app: Self.idle, from: "2026-03-03", to: "2026-03-05").huaweiRows
        #expect(rows == ["2026-03-03": .zero, "2026-03-04": .zero])
    }

    @Test("Each mistake has its code and its status, and no answer holds a secret", arguments: mistakes)
    func refusals(_ mistake: Mistake) async throws {
        let clouds = Clouds()
        let reply = try await clouds.huaweiUsage(from: "2026-03-01", to: "2026-03-04", mistake.change)
        #expect(reply.status == mistake.status)
        #expect(reply.code == mistake.code)
        #expect(reply["error_msg"]?.string?.isEmpty == false)
        #expect(reply["request_id"]?.string == reply.headers["X-Request-Id"])
        #expect(!reply.text.contains("huawei-secret") && !reply.text.contains("guest-token"))
        #expect(clouds.simulation.calls.all.map(\.outcome) == [mistake.code])
        #expect(clouds.simulation.calls.all.map(\.provider) == [.huawei])
    }

    @Test("Calls at the edge of what is allowed are answered")
    func edges() async throws {
        for change in Self.allowed {
            let reply = try await Clouds().huaweiUsage(from: "2026-02-02", to: "2026-03-04", change)
            #expect(reply.status == 200)
        }
    }

    @Test("More than five wrong signatures in a row lock the key for five minutes")
    func lockOut() async throws {
        let clouds = Clouds()
        func call(_ isGood: Bool, after wait: Int = 2) async throws -> String? {
            clouds.dial.pass(.seconds(wait))
            return try await clouds.huaweiUsage(from: "2026-03-04", to: "2026-03-04") { request in
                if !isGood { request.tamper = { $0.target += "&more=1" } }
            }.code
        }
        let wrong = "APIGW.0301"
        for _ in 0..<5 { #expect(try await call(false) == wrong) }
        #expect(try await call(true) == nil)
        for _ in 0..<6 { #expect(try await call(false) == wrong) }
        #expect(try await call(true) == wrong)
        #expect(try await call(false) == wrong)
        #expect(try await call(true, after: 295) == wrong)
        #expect(try await call(true, after: 2) == nil)
        let outcomes = clouds.simulation.calls.all.map(\.outcome)
        #expect(outcomes.suffix(5) == [wrong, "locked", "locked", "locked", "ok"])
    }

    @Test("Thirty calls of one key may arrive in any minute")
    func limit() async throws {
        let clouds = Clouds()
        var replies: [WireReply] = []
        for wait in Array(repeating: 1_000, count: 30) + [30_999, 1, 0] {
            clouds.dial.pass(.milliseconds(wait))
            replies.append(try await clouds.huaweiUsage(from: "2026-03-04", to: "2026-03-04"))
        }
        #expect(replies.map(\.status) == Array(repeating: 200, count: 30) + [429, 200, 429])
        #expect(replies[30].code == "APIGW.0308")
    }

    /// A change to a good call, and what it brings.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let code: String
        let change: @Sendable (inout HuaweiRequest) -> Void

        init(
            _ testDescription: String,
            _ status: Int,
            _ code: String,
            _ change: @escaping @Sendable (inout HuaweiRequest) -> Void
        ) {
            self.testDescription = testDescription
            self.status = status
            self.code = code
            self.change = change
        }
    }

    private static let mistakes = [
        Mistake("a wrong key", 401, "APIGW.0301") {
            $0.account = SimulatedAccount(provider: .huawei, secretID: "HWAK0001", secretKey: "other", apps: [])
        },
        Mistake("an unknown key", 401, "APIGW.0301") {
            $0.account = SimulatedAccount(provider: .huawei, secretID: "HWAK9999", secretKey: "other", apps: [])
        },
        Mistake("neither signature nor token", 401, "APIGW.0301") { $0.isSigned = false },
        Mistake("an unknown token", 401, "APIGW.0301") {
            $0.isSigned = false
            $0.headers["X-Auth-Token"] = "made-up"
        },
        Mistake("a slow clock", 401, "APIGW.0303") { $0.time -= 901_000 },
        Mistake("a fast clock", 401, "APIGW.0303") { $0.time += 901_000 },
        Mistake("no project header", 401, "APIGW.0301") { $0.headers["X-Project-Id"] = nil },
        Mistake("another project header", 401, "APIGW.0301") { $0.headers["X-Project-Id"] = Clouds.guest.projectID },
        Mistake("another project", 403, "APIGW.0302") {
            $0.path = "/v1/\(Clouds.guest.projectID)/rtc/history/usage"
            $0.headers["X-Project-Id"] = Clouds.guest.projectID
        },
        Mistake("no security token where one is needed", 401, "APIGW.0301") {
            $0.account = SimulatedAccount(
                provider: .huawei,
                secretID: "HWAK0002",
                secretKey: "guest-secret",
                apps: []
            )
        },
        Mistake("no app", 400, "DATA.100011001") { $0.query.removeAll { $0.0 == "app" } },
        Mistake("an unknown app", 400, "DATA.100011001") { $0.query[0].1 = "5fa6000000000000000000ff" },
        Mistake("another account's app", 400, "DATA.100011001") { $0.query[0].1 = "5fa6000000000000000000d1" },
        Mistake("no metric", 400, "DATA.100011001") { $0.query.remove(at: 1) },
        Mistake("another metric", 400, "DATA.100011001") { $0.query[1].1 = "RecordDuration" },
        Mistake("no start", 400, "DATA.100011001") { $0.query.remove(at: 2) },
        Mistake("no end", 400, "DATA.100011001") { $0.query.remove(at: 3) },
        Mistake("a date in other words", 400, "DATA.100011001") { $0.query[2].1 = "2026/03/01" },
        Mistake("32 days", 400, "DATA.100011001") { $0.query[2].1 = "2026-02-01" },
        Mistake("an end before the start", 400, "DATA.100011001") { $0.query[3].1 = "2026-02-27" },
        Mistake("another path", 404, "APIGW.0101") { $0.path += "s" },
        Mistake("a slash at the end", 404, "APIGW.0101") { $0.path += "/" },
        Mistake("another method", 404, "APIGW.0101") { $0.method = .post },
    ]

    private static let allowed: [@Sendable (inout HuaweiRequest) -> Void] = [
        { $0.time -= 900_000 }, { $0.time += 900_000 }, { _ in },
        {
            $0.account = Clouds.guest
            $0.path = "/v1/\(Clouds.guest.projectID)/rtc/history/usage"
            $0.headers["X-Project-Id"] = Clouds.guest.projectID
            $0.query[0].1 = "5fa6000000000000000000d1"
        },
    ]
}
