import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("Huawei's identity service")
struct IAMTests {
    @Test("A password buys a token for a day, and the token buys usage")
    func token() async throws {
        let clouds = Clouds()
        let reply = try await clouds.token()
        #expect(reply.status == 201)
        #expect(reply["token", "issued_at"]?.string == "2026-03-04T07:00:00.000000Z")
        #expect(reply["token", "expires_at"]?.string == "2026-03-05T07:00:00.000000Z")
        let token = try #require(reply.headers["X-Subject-Token"])
        #expect(!reply.text.contains(token))
        let usage = try await clouds.usage(token)
        #expect(usage.status == 200)
        #expect(
            try usage.huaweiRows
                == clouds.claims(.historyUsage, "5fa6000000000000000000a1", "2026-03-03", "2026-03-04")
        )
        #expect(clouds.simulation.calls.all.map(\.action) == ["iam_tokens", "history_usage"])
        #expect(clouds.simulation.calls.all.map(\.secretID) == ["HWAK0001", "HWAK0001"])
        #expect(clouds.simulation.tokens.issued == 1)
    }

    @Test("A token ends with its time, and a new one does not end the old one")
    func expiry() async throws {
        let clouds = Clouds { $0.tokenLife = .seconds(600) }
        let first = try #require(try await clouds.token().headers["X-Subject-Token"])
        clouds.dial.pass(.seconds(599))
        let second = try #require(try await clouds.token().headers["X-Subject-Token"])
        #expect(first != second)
        #expect(try await clouds.usage(first).status == 200)
        clouds.dial.pass(.seconds(2))
        let expired = try await clouds.usage(first)
        #expect(expired.status == 401)
        #expect(expired.code == "APIGW.0307")
        #expect(try await clouds.usage(second).status == 200)
    }

    @Test("Revoked tokens have to be renewed")
    func revoked() async throws {
        let clouds = Clouds()
        let token = try #require(try await clouds.token().headers["X-Subject-Token"])
        clouds.simulation.tokens.revokeAll()
        #expect(try await clouds.usage(token).code == "APIGW.0307")
        clouds.dial.pass(.seconds(2))
        let renewed = try #require(try await clouds.token().headers["X-Subject-Token"])
        #expect(try await clouds.usage(renewed).status == 200)
    }

    @Test("A fault revokes tokens in the middle of everything; a new one works")
    func fault() async throws {
        let clouds = Clouds()
        let token = try #require(try await clouds.token().headers["X-Subject-Token"])
        clouds.simulation.faults.add(SimulatedFault(.revokedTokens, count: 1))
        for _ in 0..<2 {
            #expect(try await clouds.usage(token).code == "APIGW.0307")
            clouds.dial.pass(.seconds(2))
        }
        let renewed = try #require(try await clouds.token().headers["X-Subject-Token"])
        #expect(try await clouds.usage(renewed).status == 200)
    }

    @Test("A token is good for its own project only")
    func project() async throws {
        let clouds = Clouds()
        let token = try await clouds.token().headers["X-Subject-Token"]
        let reply = try await clouds.huaweiUsage(from: "2026-03-03", to: "2026-03-04") {
            $0.isSigned = false
            $0.headers = [:]
            $0.headers["X-Auth-Token"] = token
            $0.path = "/v1/\(Clouds.guest.projectID)/rtc/history/usage"
        }
        #expect(reply.code == "APIGW.0302")
    }

    @Test("A wrong password or project is refused, and nothing that is written down holds it")
    func refusals() async throws {
        let clouds = Clouds()
        let wrong = try await clouds.token(password: "guessed-password")
        #expect(wrong.status == 401)
        #expect(wrong["error", "code"]?.integer == 401)
        #expect(wrong["error", "title"]?.string == "Unauthorized")
        #expect(try await clouds.token(project: "mars-1").status == 401)
        let empty = try await clouds.send(WireCall(target: "/v3/auth/tokens", body: "{}"), to: .huaweiIAM)
        #expect(empty.status == 400)
        let elsewhere = try await clouds.send(WireCall(target: "/v3/users", body: "{}"), to: .huaweiIAM)
        #expect(elsewhere.status == 404)
        _ = try await clouds.token()
        let log = "\(clouds.simulation.calls.all)"
        #expect(clouds.simulation.calls.all.map(\.outcome) == ["401", "401", "400", "404", "ok"])
        #expect(!log.contains("password") && !log.contains("simulated-token"))
        #expect(!(wrong.text + empty.text).contains("guessed-password"))
        var dumped = ""
        dump(clouds.simulation.configuration, to: &dumped)
        #expect(!dumped.contains("huawei-password") && !dumped.contains("huawei-secret"))
    }
}

extension Clouds {
    /// Asks for usage with a token.
    fileprivate func usage(_ token: String) async throws -> WireReply {
        try await huaweiUsage(from: "2026-03-03", to: "2026-03-04") {
            $0.isSigned = false
            $0.headers = [:]
            $0.headers["X-Auth-Token"] = token
        }
    }
}
