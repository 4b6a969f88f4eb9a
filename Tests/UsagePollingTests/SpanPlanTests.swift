import Testing
import Usage
import TestSupport

@testable import UsagePolling

@Suite("The plan for calls about several days")
struct SpanPlanTests {
    private let beijing = UsageDay.sample
    private let utc = UsageDay(number: UsageDay.sample.number, zone: .utc)

    private func wholeDays(historyDays: Int = 29, source: UsageSource = .wholeDays) -> PlannerBench {
        PlannerBench(at: utc.at(12), historyDays: historyDays, source: source)
    }

    private func appUsage(historyDays: Int = 30, source: UsageSource = .appUsage) -> PlannerBench {
        PlannerBench(at: beijing.at(12), historyDays: historyDays, source: source)
    }

    private func days(_ first: Int, _ last: Int, before day: UsageDay) -> ClosedRange<Int> {
        (day.number - first)...(day.number - last)
    }

    // MARK: Whole days

    @Test("Of whole days one call covers today and all others, and nothing is due for the interval after it")
    func oneCall() {
        var bench = wholeDays()
        bench.run(for: .seconds(299))
        #expect(bench.calls.map(\.job.days) == [days(29, 0, before: utc)])
        #expect(bench.calls.map(\.job.kind) == [.current])
        #expect(bench.planner.countDue(bench.targets, at: bench.moment) == 0)
    }

    @Test("After that each interval has one call about the days that may still change")
    func everyInterval() {
        var bench = wholeDays()
        bench.run(for: .minutes(59))
        #expect(bench.calls.map(\.uptime) == (0..<12).map { .seconds(3 + 300 * $0) })
        #expect(bench.calls.dropFirst().allSatisfy { $0.job.days == days(1, 0, before: utc) })
    }

    @Test("Days that an answer passes over are asked for again with the interval, and not in a tight loop")
    func unlisted() {
        var bench = wholeDays()
        bench.tells = { $0 < utc.previous }
        bench.run(for: .minutes(59))
        #expect(bench.calls.map(\.uptime) == (0..<12).map { .seconds(3 + 300 * $0) })
        #expect(bench.calls.dropFirst().allSatisfy { $0.job.days == days(1, 0, before: utc) })
        bench.tells = { _ in true }
        bench.run(for: .minutes(5))
        #expect(bench.targets[0].recorded[utc.number] != nil)
    }

    @Test("Over midnight the days stay together in one call for each interval")
    func midnight() {
        var bench = PlannerBench(at: utc.at(22, 2), historyDays: 5, source: .wholeDays)
        bench.run(for: .hours(5))
        let gaps = zip(bench.calls.dropFirst(), bench.calls).map { $0.uptime - $1.uptime }
        // At midnight and when the new day opens there may be a call more.
        #expect(gaps.count { $0 < .minutes(5) } <= 2)
        #expect(
            bench.calls.filter { $0.wall >= utc.end + .minutes(1) }.allSatisfy { $0.job.days.contains(utc.number + 1) }
        )
        #expect(bench.calls.count <= 63)
    }

    @Test("A day is settled by a call of its settle time at the latest an interval later, and left alone then")
    func settles() {
        var bench = wholeDays()
        bench.run(for: .hours(15))
        let settle = UsageSource.wholeDays.settleTime(of: utc.previous)
        let asked = bench.calls.filter { $0.job.days.contains(utc.number - 1) }
        #expect(asked.last.map { $0.wall >= settle && $0.wall < settle + .minutes(6) } == true)
    }

    @Test("Neither reach nor span is exceeded", arguments: [(90, 30), (30, 30), (30, 10), (7, 30), (1, 30), (30, 1)])
    func bounds(reach: Int, span: Int) {
        var bench = wholeDays(historyDays: 500, source: .wholeDays.with(reach: reach, span: span))
        bench.run(for: .minutes(4))
        #expect(bench.calls.allSatisfy { $0.job.days.count <= span })
        #expect(bench.calls.allSatisfy { $0.job.first.number > utc.number - reach })
        #expect(Set(bench.targets[0].recorded.keys) == Set(days(reach - 1, 0, before: utc)))
        #expect(bench.calls.count == (reach + span - 1) / span)
    }

    // MARK: Minutes of today, days of the past

    @Test("Where today is told by the minute it is asked for alone, and all its history in one call")
    func firstFill() {
        var bench = appUsage()
        bench.run(for: .minutes(4))
        #expect(bench.calls.map(\.job.days) == [days(0, 0, before: beijing), days(30, 1, before: beijing)])
        #expect(bench.calls.map(\.job.kind) == [.current, .history])
    }

    @Test("A closed day goes with the one before it, never with today")
    func leastSpan() {
        var bench = PlannerBench(at: beijing.at(23, 50), historyDays: 10, source: .appUsage)
        bench.run(for: .hours(10))
        let closed = bench.calls.filter { $0.wall >= beijing.end && $0.job.kind == .closed }
        #expect(closed.count == 7)
        #expect(closed.allSatisfy { $0.job.days == days(1, 0, before: beijing) })
        bench.run(for: .hours(1))
        let settled = bench.targets[0].recorded[beijing.number].map { $0.isSettled(by: .appUsage) }
        #expect(settled == true)
    }

    @Test("At the edge of its reach a day goes with the one after it")
    func edge() {
        var bench = appUsage(historyDays: 500, source: .appUsage.with(reach: 4))
        bench.know(beijing.advanced(by: -1), askedAt: beijing.at(11))
        bench.know(beijing.advanced(by: -2), askedAt: beijing.at(11))
        bench.run(for: .minutes(4))
        #expect(bench.calls(.history).map(\.job.days) == [days(3, 2, before: beijing)])
    }

    // MARK: Counting

    @Test("What is due is counted in calls, not in days")
    func countDue() {
        func count(_ bench: PlannerBench) -> Int { bench.planner.countDue(bench.targets, at: bench.moment) }
        #expect(count(wholeDays()) == 1)
        #expect(count(PlannerBench(apps: 3, at: utc.at(12), historyDays: 29, source: .wholeDays)) == 3)
        // Before a first answer about the app nothing else is due; then the minutes of today and the days before.
        var bench = appUsage()
        #expect(count(bench) == 1)
        bench.targets[0].canBeAsked = true
        #expect(count(bench) == 2)
        bench.readCurrent()
        #expect(count(bench) == 1)
        bench = appUsage(historyDays: 40)
        bench.targets[0].canBeAsked = true
        #expect(count(bench) == 3)
        bench = wholeDays(source: .wholeDays.with(span: 7))
        bench.targets[0].canBeAsked = true
        #expect(count(bench) == 5)
    }

    // MARK: Answers that cannot be used

    @Test(
        "One day that makes answers unusable is asked for by itself in the end, and all others are known",
        arguments: 0...29
    )
    func badDay(back: Int) {
        let bad = utc.number - back
        var bench = wholeDays()
        bench.isMalformed = true
        bench.failure = { $0.days.contains(bad) ? .seconds(15) : nil }
        bench.run(for: .minutes(5))
        #expect(bench.targets[0].recorded.count == 29)
        #expect(bench.targets[0].recorded[bad] == nil)
        // Each failure halves the window.
        let spans = bench.calls.filter { $0.job.days.contains(bad) }.map(\.job.days.count)
        #expect(spans.first == 30)
        #expect(zip(spans.dropFirst(), spans).allSatisfy { $0 <= max(1, $1 / 2) })
        #expect(spans.last == 1)
        // From then on it costs no other day a call.
        let known = bench.calls.count
        bench.run(for: .hours(1))
        #expect(bench.calls.dropFirst(known).allSatisfy { $0.job.days.count == 1 || !$0.job.days.contains(bad) })
    }

    @Test("A bad day costs no other day its figure where a call must cover two", arguments: 3...28)
    func badDayInPairs(back: Int) {
        let bad = beijing.number - back
        var bench = appUsage()
        bench.isMalformed = true
        bench.failure = { $0.days.contains(bad) ? .seconds(15) : nil }
        bench.run(for: .minutes(20))
        #expect(Set(days(30, 0, before: beijing)).subtracting(bench.targets[0].recorded.keys) == [bad])
        #expect(bench.calls(.history).allSatisfy { $0.job.days.count >= 2 })
    }

    @Test(
        "A day that has to be by itself gets into no other day's call, whether it is due or waits",
        arguments: [0, 900]
    )
    func alone(seconds: Int) {
        let bad = utc.number - 4
        var bench = wholeDays(historyDays: 8)
        bench.targets[0].canBeAsked = true
        bench.targets[0].attempts[bad] =
            TargetDays.Attempt(at: .zero, failures: 6, notBefore: .seconds(seconds), span: 1)
        bench.run(for: .seconds(10))
        let others = [days(3, 0, before: utc), days(8, 5, before: utc)]
        #expect(bench.calls.map(\.job.days) == (seconds == 0 ? [others[0], bad...bad, others[1]] : others))
    }

    @Test("A day that may go with few others only is in no larger call")
    func few() {
        var bench = wholeDays(historyDays: 8)
        for back in 5...8 {
            bench.targets[0].attempts[utc.number - back] =
                TargetDays.Attempt(at: .zero, failures: 1, notBefore: .zero, span: 3)
        }
        bench.targets[0].canBeAsked = true
        bench.run(for: .seconds(10))
        #expect(
            bench.calls.map(\.job.days) == [days(4, 0, before: utc), days(7, 5, before: utc), days(8, 8, before: utc)]
        )
    }

    @Test("Several bad days are found as well", arguments: UInt64(0)..<10)
    func badDays(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bad = Set((0..<4).map { _ in utc.number - Int.random(in: 0...29, using: &generator) })
        var bench = wholeDays()
        bench.isMalformed = true
        bench.failure = { job in bad.contains { job.days.contains($0) } ? .seconds(15) : nil }
        bench.run(for: .minutes(20))
        #expect(Set(bench.targets[0].recorded.keys) == Set(days(29, 0, before: utc)).subtracting(bad))
    }

    // MARK: Whatever is known

    @Test("From any state every day becomes known, in calls that keep all bounds", arguments: UInt64(0)..<60)
    func anything(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let isWhole = Bool.random(using: &generator)
        let span = Int.random(in: 3...31, using: &generator)
        let reach = Int.random(in: 4...60, using: &generator)
        let source = (isWhole ? UsageSource.wholeDays : .appUsage).with(reach: reach, span: span)
        let day = isWhole ? utc : beijing
        let history = Int.random(in: 3...70, using: &generator)
        var bench = PlannerBench(
            apps: Int.random(in: 1...3, using: &generator),
            at: day.at(Int.random(in: 1...22, using: &generator)),
            historyDays: history,
            source: source
        )
        bench.uptime = .hours(100)
        bench.scatter(around: day, using: &generator)
        let now = bench.moment
        bench.run(for: .minutes(25))
        let wanted = Set((day.number - min(history, reach - 1))...day.number)
        for target in bench.targets { #expect(wanted.subtracting(target.recorded.keys).isEmpty) }
        for call in bench.calls {
            let job = call.job
            #expect(job.days.count <= span)
            #expect(job.first.number > day.number - reach && job.last <= day)
            let isRunning = job.last == day
            #expect(isRunning == (job.kind == .current))
            #expect(job.days.count >= source.leastSpan || isRunning)
            if isRunning, !isWhole { #expect(job.days.count == 1) }
            #expect(job.window(at: call.wall)?.end.milliseconds ?? .max <= max(call.wall, job.last.start).milliseconds)
        }
        #expect(bench.wall > now.wall)
    }
}

extension PlannerBench {
    /// Days that are known or not, and attempts of all outcomes.
    fileprivate mutating func scatter(around day: UsageDay, using generator: inout SeededGenerator) {
        for index in targets.indices {
            targets[index].canBeAsked = Bool.random(using: &generator)
            for back in 0...70 {
                let number = day.number - back
                if Int.random(in: 0...2, using: &generator) == 0 {
                    let failures = Int.random(in: 0...3, using: &generator)
                    targets[index].attempts[number] = TargetDays.Attempt(
                        at: uptime - .seconds(Int.random(in: 0...900, using: &generator)),
                        failures: failures,
                        notBefore: failures > 0
                            ? uptime + .seconds(Int.random(in: -600...600, using: &generator)) : .zero,
                        span: Bool.random(using: &generator) ? nil : Int.random(in: 1...8, using: &generator)
                    )
                }
                if Int.random(in: 0...2, using: &generator) == 0 {
                    let known = UsageDay(number: number, zone: day.zone)
                    let asked = min(wall, known.start + .hours(Int.random(in: 1...90, using: &generator)))
                    targets[index].recorded[number] = RecordedDay(
                        day: known,
                        askedAt: asked,
                        confirmedAt: asked,
                        seconds: 60
                    )
                }
            }
        }
    }
}
