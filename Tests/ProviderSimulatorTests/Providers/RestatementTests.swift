import Testing

@testable import ProviderSimulator

@Suite("Restated days")
struct RestatementTests {
    @Test(
        "An old day grows by its thousandths, at the moment it was told to, at every source",
        arguments: SimulatedSource.allCases
    )
    func grows(_ source: SimulatedSource) throws {
        let plain = Clouds().simulation.truth
        let truth = Clouds { $0.restatement = Restatement(afterDays: 5, permille: 100) }.simulation.truth
        let app = try #require(Clouds.app(of: source))
        let day = try #require(SimulatedDay("2026-02-20")).number
        let moment = source.start(ofDay: day + 1) + 5 * 86_400_000
        let before = try #require(truth.claimed(source, app: app, day: day, now: moment - 1))
        let after = try #require(truth.claimed(source, app: app, day: day, now: moment))
        #expect(before == plain.claimed(source, app: app, day: day, now: moment - 1))
        #expect(plain.claimed(source, app: app, day: day, now: moment) == before)
        #expect(after.sum > before.sum * 109 / 100 && after.sum <= before.sum * 111 / 100)
    }

    @Test("Its five minutes still add up to it")
    func fine() async throws {
        let clouds = Clouds { $0.restatement = Restatement(afterDays: 2, permille: 13) }
        let reply = try await clouds.tencent("DescribeTrtcUsage", from: "2026-02-20", to: "2026-02-20")
        #expect(try reply.trtcRows.values.reduce(.zero, +) == clouds.claimed(.trtcUsage, "1400000001", "2026-02-20"))
        let day = try #require(SimulatedDay("2026-02-20"))
        let final = clouds.simulation.truth.finalTotal(app: "1400000001", day: day)
        #expect(try clouds.claimed(.roomUsage, "1400000001", "2026-02-20") == final)
    }
}
