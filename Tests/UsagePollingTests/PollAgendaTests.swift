import TestSupport
import Testing
import Usage

@testable import UsagePolling

@Suite("The agenda")
struct PollAgendaTests {
    /// A life of targets, with all that can happen to them, in which two ways to decide are compared.
    private struct Life {
        let planner: PollPlanner
        var targets: [TargetDays]
        var agenda = PollAgenda()
        var wall: UnixTime
        var uptime = Duration.seconds(5)
        var turn = 0
        var underWay: [PollJob] = []
        var generator: SeededGenerator

        init(_ source: UsageSource, seed: UInt64) {
            generator = SeededGenerator(seed: seed)
            let interval = Duration.seconds(Int.random(in: 60...7200, using: &generator))
            let history = Int.random(in: 0...12, using: &generator)
            planner = PollPlanner(
                source: source,
                settings: PollPlanner.Settings(interval: interval, historyDays: history)
            )
            wall = UsageDay.sample.at(Int.random(in: 0...23, using: &generator))
            targets = (0..<Int.random(in: 1...6, using: &generator)).map { _ in TargetDays() }
            for index in targets.indices { targets[index].isGuided = Bool.random(using: &generator) }
        }

        var now: PollPlanner.Moment { PollPlanner.Moment(wall: wall, uptime: uptime) }

        mutating func pass(_ duration: Duration) {
            wall = wall + duration
            uptime += duration
        }

        mutating func chance(_ share: Int) -> Bool { Int.random(in: 0..<share, using: &generator) == 0 }

        mutating func updated(_ target: Int) {
            agenda.update(target, in: targets, by: planner, at: now)
        }

        mutating func begin(_ job: PollJob) {
            turn += 1
            targets[job.target].inFlight.formUnion(job.days)
            agenda.update(job.days, of: job.target, in: targets, by: planner, at: now)
            underWay.append(job)
        }

        /// An answer to one of the calls that are under way.
        mutating func end() {
            guard let index = underWay.indices.randomElement(using: &generator) else { return }
            let job = underWay.remove(at: index)
            let failed = chance(4)
            let wait = Duration.seconds(Int.random(in: 0...900, using: &generator))
            for number in job.days {
                targets[job.target].attempts[number] = TargetDays.Attempt(
                    at: uptime,
                    failures: failed ? 1 : 0,
                    notBefore: failed ? uptime + wait : .zero,
                    span: chance(3) ? 1 : nil
                )
                let day = UsageDay(number: number, zone: planner.source.zone)
                guard !failed, !chance(6), day.start < wall else { continue }
                let confirmed = chance(5) ? wall - .hours(2) : wall
                targets[job.target].recorded[number] = RecordedDay(
                    day: day,
                    askedAt: wall,
                    confirmedAt: confirmed,
                    seconds: Int.random(in: 0...3, using: &generator)
                )
            }
            if job.asksForRunningDay {
                targets[job.target].canBeAsked = !failed
                if !failed { targets[job.target].runningAt = uptime }
            }
            targets[job.target].inFlight.subtract(job.days)
            updated(job.target)
        }

        /// Something that is not an answer.
        mutating func happen() {
            let target = Int.random(in: targets.indices, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0:
                targets[target].isRemoved.toggle()
                updated(target)
            case 1:
                let day = RecordedDay(
                    day: planner.source.day(containing: wall),
                    askedAt: wall - .seconds(Int.random(in: 0...7200, using: &generator)),
                    confirmedAt: wall,
                    seconds: Int.random(in: 0...9, using: &generator)
                )
                if targets[target].use == nil { targets[target].use = AppUse(day) }
                targets[target].use?.note(day)
                updated(target)
            case 2: wall = wall + .seconds(Int.random(in: -7200...7200, using: &generator))
            case 3:
                for index in targets.indices { targets[index].retryNow() }
                agenda.invalidate()
            case 4:
                targets.append(TargetDays())
                agenda.invalidate()
            default: pass(.hours(Int.random(in: 1...30, using: &generator)))
            }
        }
    }

    @Test(
        "It decides as a look at every day of every app does, whatever happens in whatever order",
        arguments: [UsageSource.rooms, .wholeDays, .appUsage],
        UInt64(0)..<25
    )
    func equivalence(source: UsageSource, seed: UInt64) {
        var life = Life(source, seed: seed)
        var calls = 0
        for _ in 0..<300 {
            let thorough = life.planner.decide(life.targets, at: life.now, turn: life.turn)
            let quick = life.agenda.decide(life.targets, by: life.planner, at: life.now, turn: life.turn)
            switch (thorough, quick) {
            case (.call(let job), .call(let other)):
                #expect(job.target == other.target && job.days == other.days && job.kind == other.kind)
                life.begin(job)
                calls += 1
                life.pass(.milliseconds(Int.random(in: 0...30_000, using: &life.generator)))
            case (.wait(let wait), .wait(let other)):
                #expect(wait == other)
                life.pass(life.chance(3) ? .milliseconds(wait.wholeMilliseconds / 2 + 1) : wait)
            default:
                Issue.record("\(thorough) is not \(quick)")
                return
            }
            if life.chance(2) { life.end() }
            if life.chance(15) { life.happen() }
        }
        #expect(calls >= 10)
    }
}
