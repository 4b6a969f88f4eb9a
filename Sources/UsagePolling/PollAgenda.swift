import Usage

/// What ``PollPlanner`` makes of every day of every target, kept from one decision to the next: only what has changed, or
/// whose time has come, is looked at again.
///
/// It comes to the decisions of ``PollPlanner/decide(_:at:turn:)``, whatever the order of changes.
struct PollAgenda: Sendable {
    private struct Item {
        var day: DueDay
        var edition: Int
        var isDue: Bool
    }

    /// Clocks run apart by so much before all is looked at again; what is chosen is looked at again in any case.
    private static let clockTolerance = Duration.milliseconds(100)

    /// By target and the day's number.
    private var items: [[Int: Item]] = []
    private var edition = 0
    private var upcoming = DueQueue.byMoment
    private var ready = CallKind.allCases.map { _ in DueQueue.byUrgency }
    /// How many days of each kind are due.
    private var due = CallKind.allCases.map { _ in 0 }
    /// How many days of each target are due.
    private var dueByTarget: [Int] = []
    private var isStale = true
    private var today = 0
    /// The wall clock less the uptime, as it was when all was looked at.
    private var epoch = UnixTime(milliseconds: 0)

    /// Everything is to be looked at anew.
    mutating func invalidate() { isStale = true }

    /// Some days of a target have changed.
    mutating func update(
        _ days: some Sequence<Int>,
        of target: Int,
        in targets: [TargetDays],
        by planner: PollPlanner,
        at now: PollPlanner.Moment
    ) {
        guard !isStale, target < items.count else { return invalidate() }
        for day in days { look(at: day, of: target, in: targets, by: planner, at: now) }
    }

    /// All days of a target may have changed.
    mutating func update(_ target: Int, in targets: [TargetDays], by planner: PollPlanner, at now: PollPlanner.Moment) {
        let days = planner.days(at: now.wall)
        update(days, of: target, in: targets, by: planner, at: now)
    }

    /// What to do at a moment.
    ///
    /// - Parameters:
    ///   - targets: The apps, as the plan knows them; whatever changed in them since has been told.
    ///   - planner: Decides.
    ///   - now: The moment.
    ///   - turn: How many calls the budget has made so far.
    /// - Returns: The call to make now, or how long there is none.
    mutating func decide(_ targets: [TargetDays], by planner: PollPlanner, at now: PollPlanner.Moment, turn: Int)
        -> PollPlanner.Decision
    {
        refresh(targets, by: planner, at: now)
        for kind in PollPlanner.order(at: turn) {
            guard let next = first(of: kind, in: targets, by: planner, at: now) else { continue }
            return .call(planner.job(for: next, targets[next.target], at: now))
        }
        let longest = planner.longestWait(at: now.wall)
        return .wait(upcoming.first.map { min(longest, $0.moment - now.uptime) } ?? longest)
    }

    /// Whether anything is due that is not under way.
    mutating func hasDue(_ targets: [TargetDays], by planner: PollPlanner, at now: PollPlanner.Moment) -> Bool {
        refresh(targets, by: planner, at: now)
        return due.contains { $0 > 0 }
    }

    /// The days of a target that are due, the newest first.
    func due(of target: Int, at now: PollPlanner.Moment) -> [DueDay] {
        guard target < items.count else { return [] }
        return items[target].values.map(\.day).filter { $0.due <= now.uptime }.sorted { $0.day > $1.day }
    }

    /// How many days of a target are due, as of the last refresh.
    func countDue(of target: Int) -> Int { target < dueByTarget.count ? dueByTarget[target] : 0 }

    /// How many days of one kind are due, as of the last refresh.
    func countDue(_ kind: CallKind) -> Int { due[kind.place] }

    /// A day of a target; `nil` when there is nothing to ask for.
    func day(_ number: Int, of target: Int) -> DueDay? {
        target < items.count ? items[target][number]?.day : nil
    }

    /// Looks at what may have changed because time has passed.
    mutating func refresh(_ targets: [TargetDays], by planner: PollPlanner, at now: PollPlanner.Moment) {
        let drift = now.wall - now.uptime - epoch
        let isOff = drift > Self.clockTolerance || drift < .zero - Self.clockTolerance
        let isNewDay = planner.today(at: now.wall).number != today
        if isStale || isOff || isNewDay || isOvergrown(by: planner) {
            rebuild(targets, by: planner, at: now)
        }
        while let entry = upcoming.first, entry.moment <= now.uptime || !holds(entry) {
            upcoming.removeFirst()
            guard holds(entry) else { continue }
            look(at: entry.day.day, of: entry.day.target, in: targets, by: planner, at: now)
        }
    }

    /// Whether the queues hold far more than there are days, since what holds no more stays in them until its turn.
    private func isOvergrown(by planner: PollPlanner) -> Bool {
        let entries = ready.reduce(upcoming.count) { $0 + $1.count }
        return entries > 1000 + 4 * items.count * (planner.closedDays + 1)
    }

    // MARK: Looking

    private mutating func rebuild(_ targets: [TargetDays], by planner: PollPlanner, at now: PollPlanner.Moment) {
        isStale = false
        today = planner.today(at: now.wall).number
        epoch = now.wall - now.uptime
        items = Array(repeating: [:], count: targets.count)
        dueByTarget = Array(repeating: 0, count: targets.count)
        upcoming = .byMoment
        due = CallKind.allCases.map { _ in 0 }
        for kind in ready.indices { ready[kind] = .byUrgency }
        for target in targets.indices {
            for day in planner.days(at: now.wall) { look(at: day, of: target, in: targets, by: planner, at: now) }
        }
    }

    private mutating func look(
        at number: Int,
        of target: Int,
        in targets: [TargetDays],
        by planner: PollPlanner,
        at now: PollPlanner.Moment
    ) {
        edition += 1
        let day = planner.dueDay(of: targets[target], target, on: number, at: now)
        let isDue = day.map { $0.due <= now.uptime } ?? false
        let old = items[target].updateValue(day.map { Item(day: $0, edition: edition, isDue: isDue) }, for: number)
        if let old, old.isDue {
            due[old.day.kind.place] -= 1
            dueByTarget[target] -= 1
        }
        guard let day else { return }
        if isDue {
            due[day.kind.place] += 1
            dueByTarget[target] += 1
            ready[day.kind.place].insert(DueQueue.Entry(day: day, moment: day.due, edition: edition))
        }
        if let moment = day.nextMoment(after: now.uptime) {
            upcoming.insert(DueQueue.Entry(day: day, moment: moment, edition: edition))
        }
    }

    private func holds(_ entry: DueQueue.Entry) -> Bool {
        items[entry.day.target][entry.day.day]?.edition == entry.edition
    }

    /// The most urgent day of a kind. It is looked at once more: clocks may have moved by less than is noticed.
    private mutating func first(
        of kind: CallKind,
        in targets: [TargetDays],
        by planner: PollPlanner,
        at now: PollPlanner.Moment
    ) -> DueDay? {
        while let entry = ready[kind.place].first {
            let (number, target) = (entry.day.day, entry.day.target)
            if holds(entry) {
                let day = planner.dueDay(of: targets[target], target, on: number, at: now)
                if let day, day.kind == kind, day.due <= now.uptime { return day }
            }
            ready[kind.place].removeFirst()
            if holds(entry) { look(at: number, of: target, in: targets, by: planner, at: now) }
        }
        return nil
    }
}

extension CallKind {
    /// Its place in lists by kind.
    fileprivate var place: Int {
        switch self {
        case .current: 0
        case .closed: 1
        case .idle: 2
        case .history: 3
        }
    }
}

extension Dictionary {
    /// Sets or removes a value.
    ///
    /// - Returns: The one before.
    fileprivate mutating func updateValue(_ value: Value?, for key: Key) -> Value? {
        if let value { updateValue(value, forKey: key) } else { removeValue(forKey: key) }
    }
}
