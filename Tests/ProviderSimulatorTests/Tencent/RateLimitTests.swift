import Testing

@testable import ProviderSimulator

@Suite("The rate limit")
struct RateLimitTests {
    @Test("A second call within 15 seconds is rejected, and does not make the caller wait longer")
    func spacing() async throws {
        let world = World()
        let codes = try await world.codes(after: [0, 14.999, 0.001, 10, 4, 1, 15])
        #expect(codes == [nil, "RequestLimitExceeded", nil, "RequestLimitExceeded", "RequestLimitExceeded", nil, nil])
        let arrivals = world.simulation.calls.all.map(\.monotonicMilliseconds)
        #expect(arrivals == [0, 14_999, 15_000, 25_000, 29_000, 30_000, 45_000])
    }

    @Test(
        "Another spacing keeps the documented time where it is longer, and the documented number where it is shorter",
        arguments: [
            (SimulatedAPI.trtcUsage, 200, 5, 1000), (.trtcUsage, 333, 3, 999), (.trtcUsage, 700, 1, 700),
            (.trtcUsage, 4000, 1, 4000), (.interactiveTime, 10, 20, 200), (.historyUsage, 3000, 20, 60_000),
            (.roomUsage, 500, 1, 500), (.iamTokens, 0, 1, 0),
        ]
    )
    func configured(_ api: SimulatedAPI, spacing: Int, calls: Int, period: Int) {
        var configuration = World().simulation.configuration
        configuration.spacings[api] = .milliseconds(spacing)
        let limit = configuration.limit(of: api, provider: .tencent)
        #expect(limit == ArrivalLimit(calls: calls, period: .milliseconds(period)))
        #expect(configuration.spacing(of: api, provider: .tencent) == .milliseconds(spacing))
    }

    @Test("A call that is rejected for another reason counts as an arrival")
    func otherReasons() async throws {
        let world = World()
        let unknownApp: @Sendable (inout TestQuery) -> Void = { $0.app = "5" }
        let badSignature: @Sendable (inout TestQuery) -> Void = { $0.tamper = { _, body in body += " " } }
        let codes = try await world.codes(after: [0, 10, 15, 10], changes: [0: unknownApp, 2: badSignature])
        #expect(
            codes == [
                "FailedOperation.SdkAppIdNotExist", "RequestLimitExceeded", "AuthFailure.SignatureFailure",
                "RequestLimitExceeded",
            ]
        )
    }

    @Test("Each account has its own limit, over all its apps")
    func accounts() async throws {
        let world = World()
        let other: @Sendable (inout TestQuery) -> Void = {
            $0.account = World.temporary
            $0.app = "1400000009"
        }
        let small: @Sendable (inout TestQuery) -> Void = { $0.app = "1400000002" }
        let codes = try await world.codes(after: [0, 0, 1], changes: [1: other, 2: small])
        #expect(codes == [nil, nil, "RequestLimitExceeded"])
    }

    @Test("Turning the wall clock does not open the gate")
    func wallClock() async throws {
        let world = World()
        let codes = try await world.routes { client in
            let first = try await world.query().send(client).code
            world.simulation.clock.advance(by: .seconds(3_600))
            return [first, try await world.query().send(client).code]
        }
        #expect(codes == [nil, "RequestLimitExceeded"])
    }

    @Test("An early call is rejected before anybody looks at its parameters or breaks its answer")
    func precedence() async throws {
        let world = World()
        world.simulation.faults.add(SimulatedFault(.serviceUnavailable, count: 1))
        let codes = try await world.routes { client in
            var codes: [String?] = []
            codes.append(try await world.query().send(client).code)
            codes.append(try await world.query().with { $0.body = "{}" }.send(client).code)
            return codes
        }
        #expect(codes == [nil, "RequestLimitExceeded"])
        #expect(world.simulation.calls.all.map(\.outcome) == ["service-unavailable", "RequestLimitExceeded"])
        #expect(world.simulation.faults.active.isEmpty)
    }
}

extension World {
    /// The codes of calls with so many seconds before each of them, changed as told by index.
    fileprivate func codes(
        after seconds: [Double],
        changes: [Int: @Sendable (inout TestQuery) -> Void] = [:]
    ) async throws -> [String?] {
        try await routes { client in
            var codes: [String?] = []
            for (index, wait) in seconds.enumerated() {
                dial.pass(.milliseconds(Int(wait * 1_000)))
                codes.append(try await query().with(changes[index] ?? { _ in }).send(client).code)
            }
            return codes
        }
    }
}
