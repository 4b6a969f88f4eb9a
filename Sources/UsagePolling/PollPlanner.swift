public import Usage

/// Decides what one budget calls next. A pure function of time, limits and what is known: no clock, no I/O.
///
/// Each day of each app is due at some moment; a call about one of them takes along the others that are due, as many as the
/// source lets one call cover.
///
/// Four kinds of work share the budget. While all of them wait, five of ten calls go to running days of apps in use, two to
/// closed days that may still change, two to running days of idle apps and one to history; what one kind does not need, the
/// first one that waits has. Within a kind what has waited longest goes first. So nothing starves.
public struct PollPlanner: Sendable {
    /// The wish and the bounds.
    public struct Settings: Sendable {
        /// How fresh the running day is to be.
        public let interval: Duration
        /// How many closed days are kept known.
        public let historyDays: Int
        /// Even when nothing is due, the wall clock is looked at so often: it may have been set.
        var longestWait = Duration.seconds(60)

        /// The wish and the bounds.
        public init(interval: Duration, historyDays: Int) {
            self.interval = interval
            self.historyDays = historyDays
        }

        /// The wish of a user: however little history it asks for, a source's days are followed until they are settled.
        public init(interval: Duration, history: Duration, source: UsageSource) {
            let untilSettled = source.settledAfter.wholeMilliseconds / 86_400_000 + 2
            self.init(interval: interval, historyDays: max(history.wholeMilliseconds / 86_400_000, untilSettled))
        }
    }

    /// Now, by both clocks.
    package struct Moment: Sendable {
        package let wall: UnixTime
        package let uptime: Duration

        /// The moment at which the clocks show this.
        package init(wall: UnixTime, uptime: Duration) {
            (self.wall, self.uptime) = (wall, uptime)
        }
    }

    /// What to do.
    package enum Decision: Equatable {
        case call(PollJob)
        /// Nothing is due for that long.
        case wait(Duration)
    }

    /// Which kind goes first at each turn of ten.
    private static let turns: [CallKind] = [
        .current, .current, .closed, .idle, .current, .history, .current, .closed, .current, .idle,
    ]

    /// What each kind has of the budget while all of them wait; together 1.
    static let shares = turns.reduce(into: CallRates.none) { $0[$1] += 1 / Double(turns.count) }

    /// The kinds in the order in which they are served at a turn.
    ///
    /// - Parameter turn: How many calls the budget has made so far.
    /// - Returns: All kinds, each once.
    static func order(at turn: Int) -> [CallKind] { orders[turn % turns.count] }

    private static let orders = turns.map { first in [first] + CallKind.allCases.filter { $0 != first } }

    package let source: UsageSource
    package let settings: Settings

    /// A plan for a source.
    public init(source: UsageSource, settings: Settings) {
        self.source = source
        self.settings = settings
    }

    /// The first day that is looked at.
    package func firstDay(at now: UnixTime) -> UsageDay {
        today(at: now).advanced(by: -closedDays)
    }

    /// The running day. In its first minute a day has nothing to ask for: a source of whole days is asked about those before
    /// meanwhile, as ever.
    func today(at now: UnixTime) -> UsageDay {
        source.day(containing: now - firstMinute)
    }

    private var firstMinute: Duration { source.grain == .days ? .seconds(60) : .zero }

    /// The numbers of the days that are looked at.
    func days(at now: UnixTime) -> ClosedRange<Int> {
        let today = today(at: now).number
        return today - closedDays...today
    }

    /// How many closed days are looked at.
    var closedDays: Int { min(settings.historyDays, source.reach - 1) }

    /// How long to wait at most, even when nothing is due: at midnight the running day becomes a closed one.
    func longestWait(at now: UnixTime) -> Duration {
        min(settings.longestWait, today(at: now).end + firstMinute - now)
    }

    /// What to do at a moment, found by looking at every day of every target. ``PollAgenda`` comes to the same with less
    /// work.
    ///
    /// - Parameters:
    ///   - targets: The apps, as the plan knows them.
    ///   - now: The moment.
    ///   - turn: How many calls the budget has made so far: the kinds take turns by it.
    /// - Returns: The call to make now, or how long there is none.
    func decide(_ targets: [TargetDays], at now: Moment, turn: Int) -> Decision {
        var best: [CallKind: DueDay] = [:]
        var wait = longestWait(at: now.wall)
        let days = days(at: now.wall)
        for (index, target) in targets.enumerated() {
            for day in days.reversed().lazy.compactMap({ dueDay(of: target, index, on: $0, at: now) }) {
                wait = min(wait, day.nextMoment(after: now.uptime).map { $0 - now.uptime } ?? wait)
                guard day.due <= now.uptime, best[day.kind].map({ day.precedes($0) }) ?? true else { continue }
                best[day.kind] = day
            }
        }
        guard let next = Self.order(at: turn).lazy.compactMap({ best[$0] }).first else { return .wait(wait) }
        return .call(job(for: next, targets[next.target], at: now))
    }
}
