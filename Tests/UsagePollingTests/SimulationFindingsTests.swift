import Testing
import Usage

@testable import UsagePolling

/// What days under virtual time have brought to light, each in its smallest form.
@Suite("Findings of the simulation")
struct SimulationFindingsTests {
    private let day = UsageDay.sample
    private let uptime = Duration.hours(100)

    private func planner(_ source: UsageSource) -> PollPlanner {
        PollPlanner(source: source, settings: PollPlanner.Settings(interval: .minutes(5), historyDays: 3))
    }

    private func record(_ day: UsageDay, askedAt: UnixTime, seconds: Int = 60) -> RecordedDay {
        RecordedDay(day: day, askedAt: askedAt, confirmedAt: askedAt, seconds: seconds)
    }

    @Test("A closed day that was read after midnight does not put the running day off in a new process")
    func closedDayRead() {
        var target = TargetDays()
        target.recorded[day.number] = record(day, askedAt: day.at(12))
        target.recorded[day.number - 1] = record(day.previous, askedAt: day.at(12, 4))
        let now = PollPlanner.Moment(wall: day.at(12, 4, 30), uptime: uptime)
        let running = planner(.rooms).dueDay(of: target, 0, on: day.number, at: now)
        #expect(running?.due == uptime + .seconds(30))
    }

    @Test("Apps whose places are in the first minute of a day keep their distances")
    func firstMinute() {
        let now = PollPlanner.Moment(wall: day.at(0, 0, 5), uptime: uptime)
        let dues = stride(from: 0, to: 300, by: 10).map { seconds in
            var target = TargetDays()
            target.runningAt = uptime - .seconds(5 + 300) + .seconds(seconds)
            return planner(.rooms).dueDay(of: target, 0, on: day.number, at: now)?.due ?? .zero
        }
        #expect(dues.allSatisfy { $0 >= uptime + .seconds(55) })
        #expect(Dictionary(grouping: dues) { $0 }.values.allSatisfy { $0.count <= 2 })
    }

    @Test("A day that ends for all apps at once is asked for by one after the other")
    func midnight() throws {
        let now = PollPlanner.Moment(wall: day.at(0, 0, 0), uptime: uptime)
        let dues = (0..<100).map { app in
            var target = TargetDays()
            target.canBeAsked = true
            target.recorded[day.number - 1] = record(day.previous, askedAt: day.previous.at(23, 58))
            return planner(.rooms).dueDay(of: target, app, on: day.number - 1, at: now)?.due ?? .zero
        }.sorted()
        #expect(dues.allSatisfy { $0 >= uptime && $0 < uptime + .minutes(5) })
        #expect(zip(dues.dropFirst(), dues).allSatisfy { $0 - $1 >= .seconds(1) && $0 - $1 <= .seconds(6) })
    }

    @Test("A clock that is set back over midnight does not make the running days of all apps due")
    func setBack() {
        var target = TargetDays()
        target.runningAt = uptime - .minutes(1)
        target.attempts[day.number] = TargetDays.Attempt(at: uptime - .minutes(30), failures: 0, notBefore: .zero)
        let now = PollPlanner.Moment(wall: day.at(23, 30), uptime: uptime)
        #expect(planner(.rooms).dueDay(of: target, 0, on: day.number, at: now)?.due == uptime + .minutes(4))
    }

    @Test("A running day that came early, with another one, is asked for again an interval after that")
    func takenAlong() throws {
        var plan = BudgetPlan(planner: planner(.wholeDays), firstStart: .zero)
        let today = UsageDay(number: day.number, zone: .utc)
        var target = TargetDays()
        target.canBeAsked = true
        for age in 2...3 {
            target.recorded[today.number - age] = record(today.advanced(by: -age), askedAt: today.at(11))
        }
        target.attempts[today.number] = TargetDays.Attempt(at: uptime, failures: 0, notBefore: .zero)
        target.attempts[today.number - 1] = TargetDays.Attempt(at: uptime - .minutes(9), failures: 0, notBefore: .zero)
        target.runningAt = uptime
        _ = plan.add(target)
        let now = PollPlanner.Moment(wall: today.at(12), uptime: uptime + .minutes(1))
        guard case .call(let job) = plan.next(at: now) else { throw NoCall() }
        #expect(job.last == today && job.first < today)
        let call = plan.begin(job, at: now)
        #expect(call.due == now.uptime)
        plan.succeed(call, [], at: now)
        plan.end(call, at: now)
        #expect(plan.nextStart(of: 0, at: now) == now.uptime + .minutes(5))
    }

    @Test("A call about a closed day takes the day along that has just begun")
    func newDayTakenAlong() {
        let today = UsageDay(number: day.number, zone: .utc)
        var target = TargetDays()
        (target.canBeAsked, target.runningAt) = (true, uptime)
        target.attempts[today.number - 1] = TargetDays.Attempt(at: uptime - .minutes(9), failures: 0, notBefore: .zero)
        func last(_ wall: UnixTime) -> UsageDay {
            let now = PollPlanner.Moment(wall: wall, uptime: uptime)
            let closed = DueDay(target: 0, day: today.number - 1, kind: .closed, due: uptime)
            return planner(.wholeDays).job(for: closed, target, at: now).last
        }
        #expect(last(today.at(0, 2)) == today)
        #expect(last(today.at(0, 0, 30)) == today.previous)
    }

    @Test("A failure does not cost an app its place in a long queue, one after the other does", arguments: [1, 3, 4])
    func place(failures: Int) throws {
        var plan = BudgetPlan(planner: planner(.rooms), firstStart: .zero)
        for app in 0..<40 {
            var target = TargetDays()
            target.runningAt = uptime - .minutes(20) + .seconds(15 * app)
            for age in 1...3 {
                let settled = day.advanced(by: -age)
                target.recorded[settled.number] = record(settled, askedAt: settled.end + .hours(11))
            }
            _ = plan.add(target)
        }
        var (now, times) = (uptime, [Duration]())
        while times.count <= failures, now < uptime + .hours(3) {
            let moment = PollPlanner.Moment(wall: day.at(12) + (now - uptime), uptime: now)
            guard case .call(let job) = plan.next(at: moment) else {
                now += .seconds(1)
                continue
            }
            let call = plan.begin(job, at: moment)
            if job.target == 0 {
                times.append(now)
                _ = plan.fail(call, ReadingFailure(.malformed, "Odd."), at: moment, chance: { 0 })
            } else {
                let today = record(day, askedAt: moment.wall)
                plan.succeed(call, [today], at: moment)
            }
            plan.end(call, at: moment)
        }
        let last = try #require(times.last) - times[times.count - 2]
        let backoff = Duration.seconds(15 << (failures - 1))
        if failures <= 3 {
            #expect(last <= backoff + .seconds(60))
        } else {
            #expect(last > backoff + .minutes(3))
        }
    }

    @Test("News of an app's use changes the plan for its running day and for closed days that were quiet")
    func use() throws {
        var plan = BudgetPlan(planner: planner(.rooms), firstStart: .zero)
        var target = TargetDays()
        (target.isGuided, target.canBeAsked) = (true, true)
        target.runningAt = uptime
        target.recorded[day.number] = record(day, askedAt: day.at(12))
        target.use = AppUse(record(day, askedAt: day.at(12), seconds: 0))
        for age in 2...3 {
            let settled = day.advanced(by: -age)
            target.recorded[settled.number] = record(settled, askedAt: settled.end + .hours(11))
        }
        _ = plan.add(target)
        let now = PollPlanner.Moment(wall: day.at(9), uptime: uptime)
        let old = UsageDay(number: day.number - 1, zone: day.zone)
        guard case .call(let job) = plan.next(at: now) else { throw NoCall() }
        #expect(job.first == old)
        var use = AppUse(record(old, askedAt: day.at(8), seconds: 0))
        use.note(record(day, askedAt: day.at(9), seconds: 0))
        plan.note(use, of: 0, at: now)
        guard case .wait = plan.next(at: now) else { throw NoWait() }
        use.note(record(day, askedAt: day.at(12, 30), seconds: 600))
        plan.note(use, of: 0, at: now)
        let later = PollPlanner.Moment(wall: day.at(9, 5), uptime: uptime + .minutes(5))
        guard case .call(let running) = plan.next(at: later) else { throw NoCall() }
        #expect(running.last == day && running.kind == .current)
    }

    @Test("The interval that is told of an idle app is the one that is wished for it, when that is longer")
    func idleInterval() {
        var plan = BudgetPlan(planner: planner(.rooms), firstStart: .zero)
        for isInUse in [true, false] {
            var target = TargetDays()
            target.isGuided = true
            target.use = AppUse(record(day, askedAt: day.at(12), seconds: isInUse ? 60 : 0))
            target.recorded[day.number] = record(day, askedAt: day.at(11))
            _ = plan.add(target)
        }
        let now = PollPlanner.Moment(wall: day.at(12), uptime: uptime)
        #expect(plan.plannedIntervals(at: now) == [.minutes(5), PollPlanner.longestIdleInterval])
    }

    private struct NoCall: Error {}
    private struct NoWait: Error {}
}
