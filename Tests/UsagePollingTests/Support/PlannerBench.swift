import Testing
import Usage

@testable import UsagePolling

/// A plan carried out without a poller: calls take no time and come one spacing apart.
struct PlannerBench {
    struct Call: Equatable {
        let job: PollJob
        let wall: UnixTime
        let uptime: Duration
    }

    let planner: PollPlanner
    var targets: [TargetDays]
    var wall: UnixTime
    var uptime = Duration.seconds(3)
    var turn = 0
    var calls: [Call] = []
    /// The time until a failed job may be tried again; `nil` when it succeeds.
    var failure: (PollJob) -> Duration? = { _ in nil }
    /// Whether a failed job is one whose answer was malformed, so that fewer days are asked for next time.
    var isMalformed = false
    /// Whether an answer about several days tells something of this one.
    var tells: (UsageDay) -> Bool = { _ in true }

    init(
        apps: Int = 1,
        at wall: UnixTime = UsageDay.sample.at(12),
        interval: Duration = .minutes(5),
        historyDays: Int = 0,
        source: UsageSource = .rooms
    ) {
        planner = PollPlanner(
            source: source,
            settings: PollPlanner.Settings(interval: interval, historyDays: historyDays)
        )
        targets = Array(repeating: TargetDays(), count: apps)
        self.wall = wall
    }

    var moment: PollPlanner.Moment { PollPlanner.Moment(wall: wall, uptime: uptime) }

    func decide() -> PollPlanner.Decision { planner.decide(targets, at: moment, turn: turn) }

    mutating func pass(_ duration: Duration) {
        wall = wall + duration
        uptime += duration
    }

    /// Carries the plan out for a while.
    mutating func run(for duration: Duration) {
        let end = uptime + duration
        while uptime < end {
            switch decide() {
            case .call(let job):
                perform(job)
                pass(planner.source.spacing)
            case .wait(let wait):
                #expect(wait > .zero && wait <= .seconds(60))
                pass(max(min(wait, end - uptime), .milliseconds(1)))
            }
        }
    }

    /// Notes a call as the poller does.
    mutating func perform(_ job: PollJob) {
        calls.append(Call(job: job, wall: wall, uptime: uptime))
        turn += 1
        if let wait = failure(job) {
            for number in job.days {
                let failures = (targets[job.target].attempts[number]?.failures ?? 0) + 1
                let span = isMalformed ? max(1, job.days.count / 2) : targets[job.target].attempts[number]?.span
                targets[job.target].attempts[number] =
                    TargetDays.Attempt(at: uptime, failures: failures, notBefore: uptime + wait, span: span)
            }
            if job.kind == .current { targets[job.target].canBeAsked = isMalformed }
            return
        }
        for number in job.days {
            let day = UsageDay(number: number, zone: planner.source.zone)
            targets[job.target].attempts[number] = TargetDays.Attempt(at: uptime, failures: 0, notBefore: .zero)
            guard tells(day) else { continue }
            targets[job.target].recorded[number] = RecordedDay(day: day, askedAt: wall, confirmedAt: wall)
        }
        if job.kind == .current { targets[job.target].canBeAsked = true }
    }

    /// Makes a day known as asked at an instant.
    mutating func know(_ day: UsageDay, askedAt: UnixTime, confirmedAt: UnixTime? = nil) {
        for index in targets.indices {
            targets[index].recorded[day.number] =
                RecordedDay(day: day, askedAt: askedAt, confirmedAt: confirmedAt ?? askedAt)
        }
    }

    /// Marks the running day of each app as just read.
    mutating func readCurrent() {
        let today = planner.source.day(containing: wall)
        for index in targets.indices {
            targets[index].attempts[today.number] = TargetDays.Attempt(at: uptime, failures: 0, notBefore: .zero)
            targets[index].canBeAsked = true
        }
    }

    func calls(_ kind: PollJob.Kind) -> [Call] { calls.filter { $0.job.kind == kind } }
}
