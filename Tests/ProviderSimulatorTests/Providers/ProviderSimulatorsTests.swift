import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import ServiceLifecycle
import Testing

@testable import ProviderSimulator

@Suite("All providers together", .timeLimit(.minutes(1)))
struct ProviderSimulatorsTests {
    @Test("Each listens at a port of its own, all on one world, and all end together")
    func together() async throws {
        let clouds = Clouds()
        let simulators = ProviderSimulators(simulation: clouds.simulation, logger: .quiet)
        let group = ServiceGroup(configuration: .init(services: [simulators], logger: .quiet))
        let running = Task { try await group.run() }
        let ports = try await simulators.endpoints
        let all = [ports.tencent, ports.huawei, ports.huaweiIAM, ports.volcengine]
        #expect(Set(all).count == 4)
        for port in all {
            let status = try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
                try await client.get("/simulator/clock").status
            }
            #expect(status == .ok)
        }
        let refused = try await TestClient.withClient(host: "127.0.0.1", port: ports.volcengine) { client in
            try await client.post("/", body: ByteBuffer(string: "{}")).status
        }
        #expect(refused == .badRequest)
        #expect(clouds.simulation.calls.all.map(\.provider) == [.volcengine])
        await group.triggerGracefulShutdown()
        try await running.value
    }

    @Test("When one cannot listen, all end")
    func taken() async throws {
        let clouds = Clouds()
        try await World().listening { port in
            let ports = ProviderSimulators.Ports(huawei: port)
            let simulators = ProviderSimulators(simulation: clouds.simulation, ports: ports, logger: .quiet)
            await #expect(throws: (any Error).self) { try await simulators.run() }
        }
    }

    @Test("The demo has an account at each provider, without 2K and 4K at two of them, and all its ids are unique")
    func demo() throws {
        let demo = SimulatorConfiguration.demo
        #expect(demo.accounts.map(\.provider) == [.tencent, .huawei, .volcengine])
        #expect(demo.accounts.dropFirst().allSatisfy { $0.apps.count == 3 })
        let truth = UsageTruth(configuration: demo)
        let day = try #require(SimulatedDay("2026-03-03"))
        for app in demo.accounts.dropFirst().flatMap(\.apps) {
            let total = truth.finalTotal(app: app.id, day: day)
            #expect(app.id.count == 24 && total.sum > 0 && total.twoK + total.fourK == 0)
        }
        let more = SimulatorConfiguration.demo(apps: 20)
        #expect(more.accounts.map(\.apps.count) == [20, 3, 3])
        #expect(more.accounts[0].apps.last?.id == "1400012020")
        #expect(Set(more.apps.map(\.id)).count == 26)
    }
}
