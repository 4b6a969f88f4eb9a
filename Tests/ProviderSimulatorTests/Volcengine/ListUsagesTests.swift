import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("Volcengine's ListUsages")
struct ListUsagesTests {
    private static let lessons = "661e000000000000000000b1"
    private static let idle = "661e000000000000000000b2"

    @Test("Days at +08:00 are told in whole minutes and are what is claimed")
    func days() async throws {
        let clouds = Clouds()
        let reply = try await clouds.volcengineUsage(from: "2026-02-20T00:00:00+08:00", to: "2026-03-04T15:00:00+08:00")
        #expect(reply.status == 200)
        #expect(reply["ResponseMetadata", "Version"]?.string == "2020-12-01")
        #expect(reply["ResponseMetadata", "Action"]?.string == "ListUsages")
        #expect(reply["ResponseMetadata", "Error"] == nil)
        let claims = try clouds.claims(.listUsages, Self.lessons, "2026-02-20", "2026-03-04")
        #expect(claims.count == 13)
        #expect(reply.volcengineRows == claims)
        #expect(claims.values.allSatisfy { $0.columns.allSatisfy { $0 % 60 == 0 } })
        let stamps = reply["Result", "Usages"]?.elements?.compactMap { $0.members?["TimeStamp"]?.string } ?? []
        #expect(stamps.allSatisfy { $0.hasSuffix("T00:00:00+08:00") })
        #expect(stamps != stamps.sorted())
    }

    @Test("Usage is eight hours late, rounded up to minutes in each tier")
    func lateness() throws {
        let clouds = Clouds { $0.revisions = false }
        let truth = clouds.simulation.truth
        let day = try #require(SimulatedDay("2026-03-04"))
        let seen = truth.visibleTotal(
            app: Self.lessons,
            from: day.start,
            to: Clouds.now - 8 * 3_600_000,
            now: Clouds.now + 86_400_000
        )
        let claim = try #require(try clouds.claimed(.listUsages, Self.lessons, "2026-03-04"))
        #expect(claim == seen.map { ($0 + 59) / 60 * 60 })
        #expect(claim.sum > seen.sum)
        let early = day.start + 8 * 3_600_000
        #expect(truth.claimed(.listUsages, app: Self.lessons, day: day.number, now: early) == nil)
        #expect(truth.newestDay(.listUsages, app: Self.lessons, now: early) == day.number - 1)
    }

    @Test("At nine o'clock yesterday is final")
    func settled() throws {
        let truth = Clouds().simulation.truth
        let day = try #require(SimulatedDay("2026-03-03"))
        let nine = day.end + 9 * 3_600_000
        let final = truth.claimed(.listUsages, app: Self.lessons, day: day.number, now: nine)
        #expect(final == truth.finalTotal(app: Self.lessons, day: day).map { ($0 + 59) / 60 * 60 })
        let before = truth.claimed(.listUsages, app: Self.lessons, day: day.number, now: nine - 3_600_000)
        #expect(try #require(before?.sum) < #require(final?.sum))
    }

    @Test("A window brings every day that it overlaps, whatever offset it is written with", arguments: windows)
    func overlap(_ from: String, _ to: String, _ days: [String]) async throws {
        let reply = try await Clouds().volcengineUsage(from: from, to: to)
        #expect(reply.volcengineRows.keys.sorted() == days)
    }

    @Test("Without usage the list is null, missing or empty; or there are zeros")
    func quiet() async throws {
        let (from, to) = ("2026-03-01T00:00:00+08:00", "2026-03-04T00:00:00+08:00")
        let null = try await Clouds().volcengineUsage(app: Self.idle, from: from, to: to)
        #expect(null["Result", "Usages"] == .null)
        let missing = try await Clouds { $0.volcengineEmptyUsages = .missing }
            .volcengineUsage(app: Self.idle, from: from, to: to)
        #expect(missing["Result"] == .object([:]))
        let empty = try await Clouds { $0.volcengineEmptyUsages = .empty }
            .volcengineUsage(app: Self.idle, from: from, to: to)
        #expect(empty["Result", "Usages"] == .array([]))
        let zeros = try await Clouds { $0.quietDays = .zero }.volcengineUsage(app: Self.idle, from: from, to: to)
        #expect(zeros.volcengineRows == ["2026-03-01": .zero, "2026-03-02": .zero, "2026-03-03": .zero])
    }

    @Test("Each mistake has its code, its number and its status", arguments: mistakes)
    func refusals(_ mistake: Mistake) async throws {
        for isWith200 in [true, false] {
            let clouds = Clouds { $0.volcengineErrorsWithStatus200 = isWith200 }
            let reply = try await clouds.volcengineUsage(
                from: mistake.from,
                to: mistake.to,
                mistake.change
            )
            let isOfService = VolcengineErrorCode(rawValue: mistake.code)?.isOfService == true
            #expect(reply.status == (isOfService && isWith200 ? 200 : mistake.status))
            #expect(reply.code == mistake.code)
            #expect((reply["ResponseMetadata", "Error", "CodeN"] == nil) == (mistake.number == nil))
            #expect(reply["ResponseMetadata", "Error", "CodeN"]?.integer == mistake.number)
            #expect(reply["Result"] == nil)
            #expect(!reply.text.contains("volcengine-secret") && !reply.text.contains("stranger-token"))
            #expect(clouds.simulation.calls.all.map(\.outcome) == [mistake.code])
        }
    }

    @Test("Calls at the edge of what is allowed are answered")
    func edges() async throws {
        for (from, to) in [
            ("2026-02-02T15:00:00+08:00", "2026-03-04T15:00:00+08:00"),
            ("2026-03-04T15:00:00+08:00", "2026-03-04T15:05:00+08:00"),
            ("2026-03-04T07:00:00Z", "2026-03-04T07:00:00Z"),
        ] {
            let reply = try await Clouds().volcengineUsage(from: from, to: to)
            #expect(reply.code == nil)
        }
    }

    @Test("A temporary key needs its token, well signed")
    func token() async throws {
        let reply = try await Clouds().volcengineUsage(
            app: "661e000000000000000000c1",
            from: "2026-03-03T00:00:00+08:00",
            to: "2026-03-04T00:00:00+08:00"
        ) { $0.account = Clouds.stranger }
        #expect(reply.code == nil)
    }

    @Test("Two calls of one key may arrive in any second")
    func limit() async throws {
        let clouds = Clouds()
        var statuses: [Int] = []
        for wait in [0, 300, 699, 1, 299, 1] {
            clouds.dial.pass(.milliseconds(wait))
            let reply = try await clouds.volcengineUsage(
                from: "2026-03-03T00:00:00+08:00",
                to: "2026-03-04T00:00:00+08:00"
            )
            statuses.append(reply.status)
        }
        #expect(statuses == [200, 200, 429, 200, 429, 200])
    }

    private static let windows: [(String, String, [String])] = [
        ("2026-03-02T00:00:00+08:00", "2026-03-03T00:00:00+08:00", ["2026-03-02"]),
        ("2026-03-01T16:00:00Z", "2026-03-02T16:00:00Z", ["2026-03-02"]),
        ("2026-03-02T08:00:00+08:00", "2026-03-03T08:00:00+08:00", ["2026-03-02", "2026-03-03"]),
        ("2026-03-01T23:59:59.5+08:00", "2026-03-02T00:00:01+08:00", ["2026-03-01", "2026-03-02"]),
        ("2026-03-01T10:30:00-05:30", "2026-03-02T11:00:01-05:00", ["2026-03-02", "2026-03-03"]),
    ]

    /// A change to a good call, and what it brings.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let code: String
        let number: Int?
        var from = "2026-03-01T00:00:00+08:00"
        var to = "2026-03-04T15:00:00+08:00"
        let change: @Sendable (inout VolcengineRequest) -> Void

        init(
            _ testDescription: String,
            _ status: Int,
            _ code: String,
            _ number: Int? = nil,
            _ change: @escaping @Sendable (inout VolcengineRequest) -> Void = { _ in }
        ) {
            self.testDescription = testDescription
            self.status = status
            self.code = code
            self.number = number
            self.change = change
        }

        func between(_ from: String, _ to: String) -> Mistake {
            var mistake = self
            mistake.from = from
            mistake.to = to
            return mistake
        }
    }

    private static func account(_ secretID: String, _ secretKey: String) -> SimulatedAccount {
        SimulatedAccount(provider: .volcengine, secretID: secretID, secretKey: secretKey, apps: [])
    }

    private static let mistakes = [
        Mistake("no action", 400, "MissingParameter", 100_002) { $0.target = "/?Version=2023-11-01" },
        Mistake("another action", 404, "InvalidActionOrVersion", 100_008) {
            $0.target = "/?Action=ListRooms&Version=2023-11-01"
        },
        Mistake("another version", 404, "InvalidActionOrVersion", 100_008) {
            $0.target = "/?Action=ListUsages&Version=2023-11-02"
        },
        Mistake("another method", 404, "InvalidActionOrVersion", 100_008) { $0.method = .get },
        Mistake("no signature", 401, "MissingAuthenticationToken", 100_003) {
            $0.tamper = { $0.headers[.authorization] = nil }
        },
        Mistake("another signature", 400, "InvalidAuthorization") {
            $0.tamper = { $0.headers[.authorization] = "Bearer 1" }
        },
        Mistake("no date", 400, "MissingRequestInfo", 100_004) { $0.tamper = { $0.headers["X-Date"] = nil } },
        Mistake("a slow clock", 400, "InvalidTimestamp", 100_006) { $0.time -= 901_000 },
        Mistake("a fast clock", 400, "InvalidTimestamp", 100_006) { $0.time += 901_000 },
        Mistake("an unknown key", 401, "InvalidAccessKey", 100_009) { $0.account = account("AKLTnobody", "x") },
        Mistake("a wrong key", 401, "SignatureDoesNotMatch", 100_010) { $0.account = account("AKLTclouds", "x") },
        Mistake("another region", 401, "SignatureDoesNotMatch", 100_010) { $0.region = "ap-southeast-1" },
        Mistake("another service", 404, "ServiceNotFound", 100_007) { $0.service = "vod" },
        Mistake("a changed body", 401, "SignatureDoesNotMatch", 100_010) { $0.tamper = { $0.body += " " } },
        Mistake("no token where one is needed", 401, "InvalidSecretToken") {
            $0.account = account("AKLTstranger", "stranger-secret")
        },
        Mistake("no body", 400, "InvalidParameter.BodyIsEmpty") { $0.body = "" },
        Mistake("no JSON", 400, "InvalidParameter.Unmarshal") { $0.body = "AppId=1" },
        Mistake("no app", 400, "InvalidParameter") { $0.body = "{}" },
        Mistake("an unknown app", 400, "InvalidParameter.NotExistAppId") {
            $0.body = #"{"AppId": "1", "StartTime": "2026-03-01T00:00:00Z", "EndTime": "2026-03-02T00:00:00Z"}"#
        },
        Mistake("another account's app", 403, "AccessDenied.NoPermissionForApp") {
            $0.body = $0.body.split(separator: lessons).joined(separator: "661e000000000000000000c1")
        },
        Mistake("a date alone", 400, "InvalidParameter").between("2026-03-01", "2026-03-02"),
        Mistake("an end before the start", 400, "InvalidParameter.StartTimeAfterEndTime")
            .between("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"),
        Mistake("more than 30 days", 400, "InvalidParameter.OutofTimeRange")
            .between("2026-02-02T15:00:00+08:00", "2026-03-04T15:00:01+08:00"),
        Mistake("more than 30 days ago", 400, "InvalidParameter.OutofTimeRange")
            .between("2026-02-02T14:59:59+08:00", "2026-03-01T00:00:00+08:00"),
        Mistake("the future", 400, "InvalidParameter")
            .between("2026-03-04T00:00:00+08:00", "2026-03-04T15:05:01+08:00"),
    ]
}
