import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging

@testable import ProviderSimulator

/// A simulation on a Wednesday afternoon, with time that stands still unless a test turns it.
struct World {
    /// 2026-03-04 15:00 at +08:00.
    static let now = 1_772_607_600_000
    static let today = "2026-03-04"
    static let account = SimulatedAccount(
        secretID: "AKIDfirst",
        secretKey: "first-key",
        apps: [
            SimulatedApp(id: 1_400_000_001, name: "Large", rooms: 300, largestRoom: 100, media: .classroom),
            SimulatedApp(id: 1_400_000_002, name: "Small", rooms: 10, largestRoom: 40, media: .broadcast),
            SimulatedApp(id: 1_400_000_003, name: "Idle", rooms: 0, largestRoom: 0, media: .voice),
        ]
    )
    static let temporary = SimulatedAccount(
        secretID: "AKIDtemporary",
        secretKey: "temporary-key",
        token: "session-token",
        apps: [SimulatedApp(id: 1_400_000_009, name: "Other", rooms: 5, largestRoom: 3, media: .meeting)]
    )

    let dial: Dial
    let simulation: Simulation
    /// How long the simulator waited on purpose; none of it was real.
    let pauses = Recorder<Duration>()

    init(
        now: Int = World.now,
        seed: UInt64 = 7,
        lag: ArrivalLag = .documented,
        revisions: Bool = true
    ) {
        let configuration = SimulatorConfiguration(
            accounts: [World.account, World.temporary],
            seed: seed,
            lag: lag,
            revisions: revisions
        )
        dial = Dial(now)
        simulation = Simulation(configuration: configuration, clock: dial.clock)
    }

    /// Runs `test` against the routes, without a network.
    func routes<Value>(_ test: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        let pauses = pauses
        let responder = SimulatedHost.tencent.responder(simulation) { pauses.add($0) }
        return try await Application(responder: responder).test(.router, test)
    }

    /// A query of today so far, for the first account's large app.
    func query() -> TestQuery {
        TestQuery(now: simulation.clock.now)
    }
}
