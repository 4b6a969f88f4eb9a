import Usage

/// The targets of a budget with what is told of each, by the same numbers in all lists.
struct TargetList: Sendable {
    /// The apps, in the order in which they take turns.
    private(set) var targets: [PollTarget] = []
    /// What is told of them.
    var statuses: [TargetStatus] = []
    /// What was odd about each one's newest answer.
    var oddities: [Set<ReadingAnomaly>] = []
    /// What is told of their accounts.
    var accounts: [AccountStatus] = []

    /// The numbers of the targets whose days are days of the plan; those before were in another zone.
    var known: Range<Int> { firstKnown..<targets.count }
    private var firstKnown = 0

    /// Forgets all targets for good. Their places stay, since calls under way know them by their numbers.
    mutating func forgetAll() { firstKnown = targets.count }

    /// Adds a target; numbers given before stay.
    mutating func add(_ target: PollTarget, planner: PollPlanner) {
        targets.append(target)
        oddities.append([])
        statuses.append(
            TargetStatus(
                account: target.account,
                app: target.app,
                source: planner.source.name,
                wantedInterval: planner.settings.interval,
                plannedInterval: planner.settings.interval
            )
        )
        if !accounts.contains(where: { $0.account == target.account }) {
            accounts.append(AccountStatus(account: target.account))
        }
    }

    /// Gives a target another reader or guide.
    mutating func replace(_ index: Int, by target: PollTarget) {
        targets[index] = target
    }

    /// The numbers of an account's targets, those that are polled no more among them.
    func places(of account: String) -> [AppKey: Int] {
        let own = known.lazy.filter { targets[$0].account == account }
        return Dictionary(own.map { (targets[$0].app, $0) }) { $1 }
    }

    /// The account's number in ``accounts``.
    func index(of account: String) -> Int? {
        accounts.firstIndex { $0.account == account }
    }
}
