import CallPlanSimulation
import Foundation
import Usage

/// What the call plan makes of 1,000 apps on 10 accounts for a month, and of single scenes, under virtual time.
///
/// The peer is the naive way to share a budget: one app after the other.
struct PlanBenchmark {
    let days: Int
    let seed: UInt64

    func run() {
        printLongRun()
        printScenes()
    }

    private func printLongRun() {
        let start = CPUTime.own
        let run = LongRun(of: SimulatedAccount.tencent, days: days, seed: seed)
            .joined(with: LongRun(of: SimulatedAccount.huawei, days: days, seed: seed + 1))
            .joined(with: LongRun(of: SimulatedAccount.volcengine, days: days, seed: seed + 2))
        let seconds = CPUTime.own - start
        let calls = run.sources.reduce(0) { $0 + $1.calls }
        print(
            "Call plan, 1,000 apps on 10 accounts for \(days) days, 2 % errors, \(run.restarts) restarts, 2 clock steps"
        )
        print("  CPU seconds: \(text(seconds)) for \(calls) calls, \(text(seconds / Double(calls) * 1e6)) us each")
        for source in run.sources { printSource(source) }
        print("  most calls in one second (mean of its ten minutes):")
        print("    after a midnight \(text(run.midnight)), first start \(text(run.firstStart)),", terminator: " ")
        print(
            "restart \(text(run.restart)), clock step \(text(run.clockStep)), at other times \(text(run.ordinary)), mean \(text(run.mean))"
        )
    }

    private func printSource(_ source: LongRun.SourceFigures) {
        print("  \(source.name): \(source.calls) calls, \(source.failures) failed, \(source.early) arrived early")
        print(
            "    use while work waited: \(percent(source.use)), least in a row: \(percent(source.worstUse));",
            terminator: " "
        )
        print("\(source.gaps) gaps, \(source.heldUp) more held up by calls under way or a circuit")
        print("    oldest reading, in planned intervals: \(text(source.worstAge));", terminator: " ")
        print("after failures in a row: \(text(source.worstFailingAge)), \(source.longAges.count) beyond 1.5")
    }

    private func printScenes() {
        for source in [UsageSource.interactiveTime, .trtcUsage, .listUsages, .historyUsage, .roomUsage] {
            let full = FullBudget(source, duration: max(.seconds(1800), source.spacing * 2000))
            print(
                "  full \(source.name): use \(percent(full.use)), least in a row \(percent(full.worstUse)),",
                terminator: " "
            )
            print("\(full.early) of \(full.arrivals) arrived early")
        }
        let shared = SharedBudget(.historyUsage)
        for (name, hour) in zip(["alone", "another tool on a third", "alone again"], shared.hours) {
            print("  \(name): rate \(percent(hour.mean)), at least \(percent(hour.least)),", terminator: " ")
            print("\(hour.refused) of \(hour.calls) refused, \(percent(hour.share)) of the limit used")
        }
        print("    back at the full rate after \(shared.recovery.map { text($0 / .seconds(1)) } ?? "-") s")
        let medians = RoundRobin()
        print("  median age of rooms in use: \(text(medians.ours / .seconds(1))) s,", terminator: " ")
        print("by turns \(text(medians.naive / .seconds(1))) s, ratio 1 : \(text(medians.naive / medians.ours))")
        let waking = Waking()
        print("  waking: rooms asked for after \(text(waking.slowest / .seconds(1))) s at most;", terminator: " ")
        print("calls per idle day \(text(waking.callsPerIdleDay.mean)), at most \(waking.callsPerIdleDay.most)")
    }

    private func text(_ peak: CallsPerSecond.Peak) -> String {
        "\(peak.calls) (\(text(peak.mean))) at \(peak.second) s"
    }

    private func text(_ gap: AgeWatch.Gap?) -> String {
        gap.map { "\(text($0.ratio)) of \(text($0.told / .seconds(1))) s" } ?? "none"
    }

    private func percent(_ share: Double?) -> String { share.map { text($0 * 100) + " %" } ?? "-" }

    private func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
