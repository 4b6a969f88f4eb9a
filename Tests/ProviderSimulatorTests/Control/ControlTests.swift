import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ProviderSimulator

@Suite("Control endpoints")
struct ControlTests {
    @Test("The truth of an app is what its query is answered with")
    func truth() async throws {
        let world = World()
        let (reply, control) = try await world.routes { client in
            let reply = try await world.query().send(client)
            return (reply, try await client.control(.get, "truth?app=1400000001&rooms=1"))
        }
        let rooms = try #require(control["rooms"]?.members)
        #expect(rooms.count == reply.rooms.count)
        for (room, usage) in reply.rooms { #expect(rooms[room]?.tiers == usage) }
        #expect(control["total"]?.tiers == reply.rooms.values.reduce(.zero, +))
        #expect(control["sum"]?.integer == reply.rooms.values.reduce(0) { $0 + $1.sum })
        #expect(control["app"]?.string == "1400000001")
        #expect(control["name"]?.string == "Large")
        #expect(control["day"]?.string == World.today)
        #expect(control["now"]?.string == "2026-03-04T07:00:00.000Z")
        #expect(control["now_ms"]?.integer == World.now)
    }

    @Test("The truth of another day is its final one, and rooms come only when asked for")
    func otherDay() async throws {
        let world = World()
        let control = try await world.routes { try await $0.control(.get, "truth?app=1400000001&day=2026-02-03") }
        let day = try #require(SimulatedDay("2026-02-03"))
        #expect(control["total"]?.tiers == world.simulation.truth.finalTotal(app: "1400000001", day: day))
        #expect(control["rooms"] == nil)
    }

    @Test("Without an app there are all apps and their sum")
    func allApps() async throws {
        let control = try await World().routes { try await $0.control(.get, "truth") }
        guard case .array(let apps)? = control["apps"] else {
            Issue.record("no list of apps")
            return
        }
        #expect(apps.count == 4)
        let sums = apps.compactMap { $0.members?["sum"]?.integer }
        #expect(control["sum"]?.integer == sums.reduce(0, +))
        #expect(sums.reduce(0, +) > 0)
    }

    @Test("The truth of any source can be asked for, of all apps of all providers")
    func sources() async throws {
        let clouds = Clouds()
        let responder = SimulatedHost.volcengine.responder(clouds.simulation) { _ in }
        try await Application(responder: responder).test(.router) { client in
            let all = try await client.control(.get, "truth")
            let sources = all["apps"]?.elements?.compactMap { $0.members?["source"]?.string } ?? []
            #expect(Set(sources) == ["room_usage", "history_usage", "list_usages"])
            #expect(sources.count == clouds.simulation.configuration.apps.count)
            for source in SimulatedSource.allCases {
                let app = try #require(Clouds.app(of: source))
                let one = try await client.control(.get, "truth?app=\(app)&source=\(source.rawValue)&day=2026-03-02")
                let claim = try #require(try clouds.claimed(source, app, "2026-03-02"))
                #expect(one["sum"]?.integer == claim.sum)
                #expect(one["listed"] == .bool(true))
                #expect(one["provider"]?.string == source.provider.rawValue)
            }
            let huawei = try await client.control(.get, "truth?provider=huawei")
            #expect(huawei["apps"]?.elements?.count == 4)
            #expect(huawei["apps"]?.elements?.first?.members?["day"]?.string == "2026-03-04")
            let early = try await client.control(.post, "clock", #"{"now": "2026-03-05T05:00:00+08:00"}"#)
            #expect(early["stopped"] == .bool(false))
            let late = try await client.control(.get, "truth?app=661e000000000000000000b1")
            #expect(late["day"]?.string == "2026-03-04")
        }
    }

    @Test("Apps can be taken off the lists and put back, and tokens be revoked")
    func appsAndTokens() async throws {
        let clouds = Clouds()
        let app = "5fa6000000000000000000a1"
        let responder = SimulatedHost.huawei.responder(clouds.simulation) { _ in }
        try await Application(responder: responder).test(.router) { client in
            let before = try await client.list(.get, "apps")
            #expect(before.count == clouds.simulation.configuration.apps.count)
            #expect(before.allSatisfy { $0.members?["listed"] == .bool(true) })
            let hidden = try await client.list(.post, "apps", #"{"app": "\#(app)", "listed": false}"#)
            #expect(hidden.count { $0.members?["listed"] == .bool(false) } == 1)
            #expect(clouds.simulation.directory.hidden == [app])
            _ = try await client.list(.post, "apps", #"{"app": "\#(app)", "listed": true}"#)
            #expect(clouds.simulation.directory.hidden.isEmpty)
            _ = try await clouds.token()
            #expect(try await client.control(.get, "tokens")["issued"] == .integer(1))
            #expect(try await client.control(.post, "tokens", #"{"revoke": true}"#)["issued"] == .integer(1))
        }
    }

    @Test("The arrival log lists every call without secrets")
    func calls() async throws {
        let world = World()
        let text = try await world.routes { client in
            _ = try await world.query().send(client)
            _ = try await world.query().send(client)
            return try await client.execute(uri: "/simulator/calls", method: .get) { String(buffer: $0.body) }
        }
        let calls = try JSONDecoder().decode([RecordedCall].self, from: Data(text.utf8))
        #expect(calls == world.simulation.calls.all)
        #expect(calls.map(\.outcome) == ["ok", "RequestLimitExceeded"])
        #expect(text.contains(#""secret_id":"AKIDfirst""#))
        #expect(!text.contains("first-key"))
    }

    @Test("The clock can be read, turned, stopped and started")
    func clock() async throws {
        let world = World()
        try await world.routes { client in
            let start = try await client.control(.get, "clock")
            #expect(start["now"]?.string == "2026-03-04T07:00:00.000Z")
            #expect(start["stopped"] == .bool(false))
            let turned = try await client.control(.post, "clock", #"{"now": "2026-03-01T08:00:00+08:00"}"#)
            #expect(turned["now_ms"]?.integer == 1_772_323_200_000)
            let moved = try await client.control(.post, "clock", #"{"advance_seconds": 3600, "stopped": true}"#)
            #expect(moved["now"]?.string == "2026-03-01T01:00:00.000Z")
            world.dial.pass(.seconds(5))
            let later = try await client.control(.post, "clock", #"{"stopped": false}"#)
            #expect(later["now"]?.string == "2026-03-01T01:00:00.000Z")
            #expect(later["stopped"] == .bool(false))
        }
    }

    @Test("Faults can be switched on, seen and switched off")
    func faults() async throws {
        let world = World()
        try await world.routes { client in
            let fault = #"{"name": "redirect", "app": 1400000001, "count": 3, "location": "https://example.com/"}"#
            let on = try await client.list(.post, "faults", fault)
            #expect(
                on == [
                    .object([
                        "name": .string("redirect"), "app": .string("1400000001"), "count": .integer(3),
                        "location": .string("https://example.com/"),
                    ])
                ]
            )
            _ = try await client.list(.post, "faults", #"{"name": "retry-after", "retry_after_seconds": 5}"#)
            let both = try await client.list(.get, "faults")
            #expect(both.compactMap { $0.members?["name"]?.string } == ["redirect", "retry-after"])
            #expect(both.last?.members?["retry_after_seconds"] == .integer(5))
            let one = try await client.list(.delete, "faults?name=redirect")
            #expect(one.count == 1)
            #expect(try await client.list(.delete, "faults").isEmpty)
        }
        #expect(world.simulation.faults.active.isEmpty)
    }

    @Test("Bad input is answered with 400 and a sentence", arguments: bad)
    func refused(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws {
        let world = World()
        let (status, text) = try await world.routes { client in
            try await client.execute(uri: "/simulator/" + path, method: method, body: ByteBuffer(string: body)) {
                ($0.status, String(buffer: $0.body))
            }
        }
        #expect(status == .badRequest)
        let message = JSONValue(Array(text.utf8))?.members?["error"]?.string
        #expect(message?.hasSuffix(".") == true)
        #expect(world.simulation.clock.now == World.now)
        #expect(!world.simulation.clock.isStopped)
        #expect(world.simulation.faults.active.isEmpty)
    }

    private static let bad: [(HTTPRequest.Method, String, String)] = [
        (.get, "truth?source=rooms", ""), (.get, "truth?provider=aws", ""), (.get, "truth?app=classroom", ""),
        (.get, "truth?app=77", ""), (.get, "truth?day=2026-2-3", ""),
        (.get, "truth?rooms=yes", ""), (.post, "clock", ""), (.post, "clock", "{}"), (.post, "clock", "[]"),
        (.post, "clock", #"{"stop": true}"#), (.post, "clock", #"{"stopped": 1}"#),
        (.post, "clock", #"{"now": "tomorrow"}"#), (.post, "clock", #"{"now": 5}"#),
        (.post, "clock", #"{"advance_seconds": 1.5}"#), (.post, "clock", #"{"advance_seconds": 1e300}"#),
        (.post, "clock", #"{"now": "1970-01-01T00:00:00Z", "advance_seconds": -1, "stopped": true}"#),
        (.post, "faults", #"{"name": "gremlins"}"#), (.post, "faults", #"{"app": "1"}"#),
        (.post, "faults", #"{"name": "hang", "count": 0}"#), (.post, "faults", #"{"name": "hang", "app": [1]}"#),
        (.post, "faults", #"{"name": "hang", "times": 1}"#),
        (.post, "faults", #"{"name": "redirect", "location": "ftp://example.com"}"#),
        (.post, "faults", "{\"name\": \"redirect\", \"location\": \"http://a\\r\\nX: y\"}"),
        (.delete, "faults?name=gremlins", ""), (.delete, "faults?api=rooms", ""),
        (.post, "faults", #"{"name": "hang", "api": "rooms"}"#), (.post, "apps", #"{"app": "77", "listed": true}"#),
        (.post, "apps", #"{"app": 1400000001}"#), (.post, "tokens", "{}"),
    ]
}

extension TestClientProtocol {
    /// The members of a control answer.
    fileprivate func control(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil
    ) async throws -> [String: JSONValue] {
        try #require(try await value(method, path, body)?.members)
    }

    /// The elements of a control answer.
    fileprivate func list(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil
    ) async throws -> [JSONValue] {
        guard case .array(let elements)? = try await value(method, path, body) else { return [] }
        return elements
    }

    private func value(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws -> JSONValue? {
        let buffer = body.map { ByteBuffer(string: $0) }
        return try await execute(uri: "/simulator/" + path, method: method, body: buffer) { response in
            #expect(response.status == .ok)
            return JSONValue(Array(response.body.readableBytesView))
        }
    }
}

extension JSONValue {
    /// Usage written as an object with one figure for each tier.
    fileprivate var tiers: TierSeconds? {
        guard let members, members.count == 6 else { return nil }
        let figures = ["audio", "sd", "hd", "fhd", "2k", "4k"].compactMap { members[$0]?.integer }
        guard figures.count == 6 else { return nil }
        return TierSeconds(
            audio: figures[0],
            sd: figures[1],
            hd: figures[2],
            fhd: figures[3],
            twoK: figures[4],
            fourK: figures[5]
        )
    }
}
