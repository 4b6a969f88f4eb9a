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
    /// What each answer tells of each of its days.
    var seconds = 60
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
            if job.asksForRunningDay { targets[job.target].canBeAsked = isMalformed }
            return
        }
        for number in job.days {
            let day = UsageDay(number: number, zone: planner.source.zone)
            targets[job.target].attempts[number] = TargetDays.Attempt(at: uptime, failures: 0, notBefore: .zero)
            guard tells(day) else { continue }
            targets[job.target].recorded[number] = RecordedDay(
                day: day,
                askedAt: wall,
                confirmedAt: wall,
                seconds: seconds
            )
        }
        guard job.asksForRunningDay else { return }
        targets[job.target].canBeAsked = true
        targets[job.target].runningAt = uptime
    }

    /// Makes a day known as asked at an instant.
    mutating func know(_ day: UsageDay, askedAt: UnixTime, confirmedAt: UnixTime? = nil) {
        for index in targets.indices {
            targets[index].recorded[day.number] =
                RecordedDay(day: day, askedAt: askedAt, confirmedAt: confirmedAt ?? askedAt, seconds: seconds)
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

    func calls(_ kind: CallKind) -> [Call] { calls.filter { $0.job.kind == kind } }
}

extension PollPlanner {
    /// How many calls are due and not yet sent.
    func countDue(_ targets: [TargetDays], at now: Moment) -> Int {
        targets.enumerated().reduce(0) { sum, entry in
            let (index, target) = entry
            let days = days(at: now.wall).reversed().compactMap { dueDay(of: target, index, on: $0, at: now) }
            return sum + countCalls(about: days.filter { $0.due <= now.uptime }, of: target, at: now)
        }
    }
}
