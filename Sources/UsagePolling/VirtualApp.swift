import Usage

/// One app that is polled by the plan without any others, in made-up time: calls take none and all succeed.
struct VirtualApp {
    var planner: PollPlanner
    /// The calls so far, by what they were for.
    private(set) var calls = CallRates()
    private var target = TargetDays()
    /// Whether another source says all the time that nothing happens.
    private let isQuiet: Bool
    private var turn = 0
    private var wall: UnixTime
    private var uptime = Duration.zero

    /// No plan has so much to do at one moment; one that keeps calling is cut short there.
    private static let mostCallsAtOnce = 10_000

    /// An app of which nothing is known yet, or something.
    init(planner: PollPlanner, at wall: UnixTime, recorded: [RecordedDay] = [], isQuiet: Bool = false) {
        self.planner = planner
        self.isQuiet = isQuiet
        target.isGuided = isQuiet
        target.canBeAsked = true
        self.wall = wall
        target.recorded = Dictionary(recorded.map { ($0.day.number, $0) }) { $1 }
    }

    private var moment: PollPlanner.Moment { PollPlanner.Moment(wall: wall, uptime: uptime) }

    /// Polls the app for a while.
    mutating func run(for duration: Duration) {
        let end = uptime + duration
        while uptime < end {
            let wait = min(max(callAllThatIsDue(), .milliseconds(1)), end - uptime)
            wall = wall + wait
            uptime += wait
        }
    }

    /// Makes all calls that are due at this moment.
    ///
    /// - Returns: How long nothing is due afterwards.
    @discardableResult
    mutating func callAllThatIsDue() -> Duration {
        if isQuiet { target.use = .none(until: wall, in: planner) }
        for _ in 0..<Self.mostCallsAtOnce {
            switch planner.decide([target], at: moment, turn: turn) {
            case .call(let job): perform(job)
            case .wait(let wait): return wait
            }
        }
        return .seconds(1)
    }

    private mutating func perform(_ job: PollJob) {
        turn += 1
        calls[job.kind] += 1
        for number in job.days {
            let day = UsageDay(number: number, zone: planner.source.zone)
            target.attempts[number] = TargetDays.Attempt(at: uptime, failures: 0, notBefore: .zero)
            target.recorded[number] = RecordedDay(
                day: day,
                askedAt: wall,
                confirmedAt: wall,
                seconds: 0
            )
        }
        guard job.asksForRunningDay else { return }
        target.canBeAsked = true
        target.runningAt = uptime
        target.forget(before: planner.firstDay(at: wall).number)
    }
}

extension AppUse {
    /// The word that there was none on the running day, nor on those that are not settled.
    fileprivate static func none(until wall: UnixTime, in planner: PollPlanner) -> AppUse {
        func quiet(_ day: UsageDay) -> RecordedDay {
            RecordedDay(day: day, askedAt: wall, confirmedAt: wall, seconds: 0)
        }
        let today = planner.source.day(containing: wall)
        var use = AppUse(quiet(today))
        var day = today.previous
        while wall < planner.source.settleTime(of: day) {
            use.note(quiet(day))
            day = day.previous
        }
        return use
    }
}
