import ProviderSimulator
import TestSupport
import Testing
import Usage
import UsageLedger
import UsagePolling

@Suite("Every fault of every source")
struct FaultTests {
    /// A source and a fault that can strike it.
    struct Case: Sendable, CustomTestStringConvertible {
        let variant: SourceVariant
        let fault: FaultKind
        var testDescription: String { "\(variant.testDescription): \(fault.rawValue)" }

        static let all = SourceVariant.plain.flatMap { variant in
            FaultKind.allCases.filter { $0.applies(to: variant.played) }.map { Case(variant: variant, fault: $0) }
        }
    }

    private static let reasons = Dictionary(
        uniqueKeysWithValues: ReadingFailure.Reason.allCases.map { ($0.rawValue, $0) }
    )

    @Test("It has its outcome, keeps the last good figures, and is over when it is over", arguments: Case.all)
    func fault(_ one: Case) async throws {
        var setup = SourceBench.Setup()
        // Ten in the morning in Beijing: when the fault strikes, the day has usage for it to show in.
        setup.start = UnixTime(seconds: 1_700_186_400)
        setup.interval = .seconds(7200)
        setup.historyDays = 2
        // Hanging answers are waited for in real time.
        setup.timeout = .milliseconds(400)
        try await SourceBench.with(one.variant, setup) { bench in
            await bench.clock.advance(by: .seconds(3 * 3600))
            let before = try await totals(bench)
            let calls = try #require(await bench.poller.status().accounts.first?.calls)
            #expect(calls.failed.isEmpty && calls.succeeded > 0)

            bench.simulation.faults.add(SimulatedFault(one.fault, count: 3))
            await bench.clock.advance(by: .seconds(7300))
            let after = try #require(await bench.poller.status().accounts.first?.calls)
            try await expectOutcome(one, before: before, calls, after, in: bench)

            bench.simulation.faults.remove()
            await bench.clock.advance(by: .seconds(50 * 3600))
            for app in bench.apps { try await expectTruth(of: app, in: bench) }
            #expect(await bench.poller.status().targets.allSatisfy { $0.failure == nil })
        }
    }

    private func expectOutcome(
        _ one: Case,
        before: [Int?],
        _ old: CallCounts,
        _ new: CallCounts,
        in bench: SourceBench
    ) async throws {
        let expected = one.fault.expectedOutcome(for: one.variant.played)
        if let reason = Self.reasons[expected] {
            #expect(new.failed[reason, default: 0] > 0, "\(new.failed)")
            #expect(Set(new.failed.keys) == [reason])
            if one.fault.expectedOutcome(for: one.variant.played) != "ok", new.succeeded == old.succeeded {
                #expect(try await totals(bench) == before)
            }
        } else {
            #expect(new.failed.isEmpty, "\(new.failed)")
            #expect(new.succeeded > old.succeeded)
            guard one.fault.keepsFigures(for: one.variant.played) else { return }
            // An app without usage has no row for a fault to show in, and gets one that is made up.
            try await expectCurrent(of: try #require(bench.apps.first), in: bench)
        }
    }

    private func totals(_ bench: SourceBench) async throws -> [Int?] {
        var totals: [Int?] = []
        for app in bench.apps { totals.append(try await bench.figures(of: app).current?.total.seconds.total) }
        return totals
    }

    /// The current day is what the provider claimed of it when it was asked.
    private func expectCurrent(of app: AppKey, in bench: SourceBench) async throws {
        let current = try #require(try await bench.figures(of: app).current)
        let day = current.total.day
        let asked = try await bench.ledger.recordedDays(of: app, from: bench.variant.source, since: day).first?.askedAt
        #expect(current.total.seconds == bench.claimed(app, day, at: try #require(asked)), "\(app.app) \(day)")
    }

    private func expectTruth(of app: AppKey, in bench: SourceBench) async throws {
        try await expectCurrent(of: app, in: bench)
        let settled = try await bench.figures(of: app).settled
        #expect(!settled.isEmpty)
        for day in settled.prefix(3) {
            let claim = bench.claimed(app, day.day, at: bench.clock.now)
            #expect(day.seconds == claim, "\(app.app) \(day.day)")
        }
    }
}
