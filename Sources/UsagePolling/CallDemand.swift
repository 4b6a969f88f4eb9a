import Synchronization
import Usage

/// How many calls an hour one app needs of a source once its history is known, and how many that takes.
///
/// The plan itself tells: it is carried out for one app in made-up time, and the calls are counted.
struct CallDemand: Hashable, Sendable {
    /// An app in use.
    let inUse: CallRates
    /// An app that is not in use, where nothing tells when that changes.
    let idle: CallRates
    /// An app that has not been in use for days, where another source tells when that changes.
    let idleWithGuide: CallRates

    /// What an app needs by a plan.
    init(by planner: PollPlanner) {
        let wish = Wish(planner)
        if let known = Self.known.withLock({ $0[wish] }) {
            self = known
            return
        }
        let demand = CallDemand(inUse: wish.measure(), idleWithGuide: wish.measureQuietly())
        Self.known.withLock { known in
            if known.count >= Self.mostKnown { known.removeAll() }
            known[wish] = demand
        }
        self = demand
    }

    private init(inUse: CallRates, idleWithGuide: CallRates) {
        self.inUse = inUse
        self.idleWithGuide = idleWithGuide
        var idle = inUse
        (idle[.current], idle[.idle]) = (0, inUse[.current])
        self.idle = idle
    }

    /// How many calls it takes until all days of an app are known, apart from those about the running day.
    ///
    /// - Parameters:
    ///   - recorded: What is known of the app.
    ///   - planner: The plan.
    ///   - now: The time, which decides what days there are.
    /// - Returns: The number of calls; 0 when all is known.
    static func callsToFill(_ recorded: [RecordedDay], by planner: PollPlanner, at now: UnixTime) -> Int {
        // In the first minute of a day nothing is asked for yet.
        let opened = planner.source.day(containing: now).start + .seconds(60)
        var app = VirtualApp(planner: planner, at: max(now, opened), recorded: recorded)
        app.callAllThatIsDue()
        return Int(app.calls[.closed] + app.calls[.history])
    }

    /// Who looks for an interval that fits asks for the same ones again, and so does the next forecast.
    private static let known = Mutex<[Wish: CallDemand]>([:])
    private static let mostKnown = 1000
}

/// A source and what is wanted of it, as far as the number of calls depends on it.
private struct Wish: Hashable {
    let source: UsageSource
    let interval: Duration
    let historyDays: Int
    /// How many days pass until the calls of each day are the same: a day has been read once more after a week.
    private let daysUntilSteady: Int

    /// Finer wishes take too long to carry out for days, and change how often the running day is read, but nothing else.
    private static let finestForDays = Duration.seconds(300)
    /// Enough of them to count, and none of them at midnight.
    private static let intervalsOfFineWish = 100

    init(_ planner: PollPlanner) {
        source = planner.source
        interval = planner.settings.interval
        daysUntilSteady = source.settledAfter.wholeMilliseconds / 86_400_000 + 10
        // What is older has been read for the last time.
        historyDays = min(planner.settings.historyDays, daysUntilSteady)
    }

    /// Calls per hour in the steady state.
    func measure() -> CallRates {
        var app = VirtualApp(planner: planner(every: max(interval, Self.finestForDays)), at: noon)
        app.run(for: .seconds(86_400 * daysUntilSteady))
        let steady = app
        var rates = app.callsPerHour(running: .seconds(86_400))
        guard interval < Self.finestForDays else { return rates }
        app = steady
        app.planner = planner(every: interval)
        app.run(for: interval)
        rates[.current] = app.callsPerHour(running: interval * Self.intervalsOfFineWish)[.current]
        return rates
    }

    /// Calls per hour in the steady state of an app of which a cheaper source says that it is not in use.
    func measureQuietly() -> CallRates {
        guard source.knowsRooms else { return .none }
        var app = VirtualApp(planner: planner(every: max(interval, Self.finestForDays)), at: noon, isQuiet: true)
        app.run(for: .seconds(86_400 * daysUntilSteady))
        return app.callsPerHour(running: .seconds(86_400))
    }

    private var noon: UnixTime { UsageDay(number: 20_000, zone: source.zone).start + .seconds(12 * 3600) }

    private func planner(every interval: Duration) -> PollPlanner {
        var settings = PollPlanner.Settings(interval: interval, historyDays: historyDays)
        // The quiet word is renewed as often as the plan looks.
        settings.longestWait = .seconds(1200)
        return PollPlanner(source: source, settings: settings)
    }
}

extension VirtualApp {
    /// Polls the app for a while.
    ///
    /// - Returns: How many calls an hour that took.
    fileprivate mutating func callsPerHour(running duration: Duration) -> CallRates {
        let before = calls
        run(for: duration)
        return (calls + before * -1) * (3600 / duration.inSeconds)
    }
}
