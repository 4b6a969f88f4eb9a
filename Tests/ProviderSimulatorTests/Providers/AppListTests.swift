import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("Lists of apps")
struct AppListTests {
    @Test("Huawei's list names the account's apps, by pages")
    func huawei() async throws {
        let clouds = Clouds()
        let all = try await clouds.huaweiApps([])
        #expect(all.status == 200)
        #expect(all["count"]?.integer == 3)
        #expect(all.huaweiApps == Clouds.huawei.apps.map(\.id))
        #expect(all["apps"]?.elements?.first?.members?["app_name"]?.string == "Clinic")
        let second = try await clouds.huaweiApps([("offset", "1"), ("limit", "2")])
        #expect(second.huaweiApps == ["5fa6000000000000000000a3"])
        #expect(second["count"]?.integer == 3)
        let none = try await clouds.huaweiApps([("offset", "2"), ("limit", "2")])
        #expect(none.huaweiApps.isEmpty)
        #expect(try await clouds.huaweiApps([("state", "FORBIDDEN")]).huaweiApps.isEmpty)
        #expect(clouds.simulation.calls.all.allSatisfy { $0.api == .apps && $0.outcome == "ok" })
    }

    @Test("Volcengine's list names the account's apps, by offset")
    func volcengine() async throws {
        let clouds = Clouds()
        let all = try await clouds.volcengineApps("{}")
        #expect(all.volcengineApps == Clouds.volcengine.apps.map(\.id))
        #expect(all["Result", "Total"]?.integer == 3)
        #expect(all["Result", "Limit"]?.integer == 50)
        #expect(all["Result", "AppList"]?.elements?.first?.members?["AppName"]?.string == "Lessons")
        #expect(try await clouds.volcengineApps("").volcengineApps.count == 3)
        let part = try await clouds.volcengineApps(#"{"Limit": "1", "Offset": 2}"#)
        #expect(part.volcengineApps == ["661e000000000000000000b3"])
        #expect(part["Result", "Offset"]?.integer == 2)
    }

    @Test("Pages out of range are refused")
    func ranges() async throws {
        let clouds = Clouds()
        for item in [("limit", "0"), ("limit", "101"), ("limit", "many"), ("offset", "-1")] {
            #expect(try await clouds.huaweiApps([item]).code == "DATA.100011001")
        }
        for body in [#"{"Limit": 0}"#, #"{"Limit": "101"}"#, #"{"Offset": -1}"#] {
            #expect(try await clouds.volcengineApps(body).code == "InvalidParameter")
        }
    }

    @Test("The lists hold keys that can be told apart from everything else")
    func keys() async throws {
        let clouds = Clouds()
        let huawei = try await clouds.huaweiApps([])
        let volcengine = try await clouds.volcengineApps("{}")
        for text in [huawei.text, volcengine.text] { #expect(text.contains("simulated-app-key-")) }
    }

    @Test("An app can leave the lists and come back; its usage is told all the while")
    func vanishing() async throws {
        let clouds = Clouds()
        let (clinic, lessons) = ("5fa6000000000000000000a1", "661e000000000000000000b1")
        for app in [clinic, lessons] { clouds.simulation.directory.hide(app) }
        let without = try await clouds.huaweiApps([])
        #expect(without["count"]?.integer == 2)
        #expect(!without.huaweiApps.contains(clinic))
        #expect(try await clouds.volcengineApps("{}").volcengineApps.contains(lessons) == false)
        #expect(try await clouds.huaweiUsage(from: "2026-03-03", to: "2026-03-03").huaweiRows.count == 1)
        for app in [clinic, lessons] { clouds.simulation.directory.show(app) }
        #expect(try await clouds.huaweiApps([]).huaweiApps.contains(clinic))
        #expect(try await clouds.volcengineApps("{}").volcengineApps.contains(lessons))
    }
}

extension Clouds {
    /// Asks Huawei for the apps, long after the call before.
    fileprivate func huaweiApps(_ query: [(String, String)]) async throws -> WireReply {
        dial.pass(.seconds(1))
        var request = HuaweiRequest(now: simulation.clock.now)
        request.path = "/v2/apps"
        request.query = query
        return try await send(request.signed(), to: .huawei)
    }

    /// Asks Volcengine for the apps, long after the call before.
    fileprivate func volcengineApps(_ body: String) async throws -> WireReply {
        dial.pass(.seconds(1))
        return try await volcengine("ListApps", body)
    }
}

extension WireReply {
    fileprivate var huaweiApps: [String] { self["apps"]?.elements?.compactMap { $0.members?["app_id"]?.string } ?? [] }

    fileprivate var volcengineApps: [String] {
        self["Result", "AppList"]?.elements?.compactMap { $0.members?["AppId"]?.string } ?? []
    }
}
