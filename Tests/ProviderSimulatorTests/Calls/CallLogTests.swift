import Testing

@testable import ProviderSimulator

@Suite("The arrival log")
struct CallLogTests {
    @Test("It keeps the newest calls, in order")
    func bounded() {
        let log = CallLog(capacity: 10)
        #expect(log.all.isEmpty)
        for number in 0..<35 { log.append(call(number)) }
        #expect(log.all.map(\.monotonicMilliseconds) == Array(25..<35))
        #expect(CallLog().capacity == 100_000)
    }

    @Test("A call is written down with who asked for what, and never with a key or a token")
    func entry() async throws {
        let world = World()
        world.dial.pass(.milliseconds(1_234))
        let query = world.query().with {
            $0.account = World.temporary
            $0.app = "1400000009"
        }
        _ = try await world.routes { try await query.send($0) }
        let entry = try #require(world.simulation.calls.all.first)
        #expect(
            entry
                == RecordedCall(
                    monotonicMilliseconds: 1_234,
                    wallMilliseconds: World.now + 1_234,
                    provider: .tencent,
                    api: .roomUsage,
                    secretID: "AKIDtemporary",
                    action: "DescribeTrtcRoomUsage",
                    app: "1400000009",
                    from: "2026-03-04 00:00",
                    to: "2026-03-05 00:00",
                    outcome: "ok",
                    fault: nil
                )
        )
        #expect(!"\(entry)".contains("session-token"))
    }

    @Test("An unknown secret id is left out: it may be a key in the wrong place")
    func unknown() async throws {
        let world = World()
        let query = world.query().with {
            $0.account = SimulatedAccount(secretID: "first-key", secretKey: "x", apps: [])
        }
        _ = try await world.routes { try await query.send($0) }
        #expect(world.simulation.calls.all.map(\.secretID) == [nil])
    }

    @Test("An account shows neither key nor token when it is printed")
    func printing() {
        var dumped = ""
        dump(World().simulation.configuration, to: &dumped)
        for text in ["\(World.temporary)", String(reflecting: World.temporary), dumped, "\(World().simulation)"] {
            #expect(!text.contains("temporary-key") && !text.contains("session-token"))
        }
        #expect(dumped.contains("AKIDtemporary"))
    }

    private func call(_ number: Int) -> RecordedCall {
        RecordedCall(
            monotonicMilliseconds: number,
            wallMilliseconds: 0,
            provider: .huawei,
            api: nil,
            secretID: nil,
            action: nil,
            app: nil,
            from: nil,
            to: nil,
            outcome: "ok",
            fault: nil
        )
    }
}
