import Usage

/// The targets of a budget with what is known of each, by the same numbers in all lists.
struct TargetList: Sendable {
    /// The apps, in the order in which they take turns.
    private(set) var targets: [PollTarget] = []
    /// What the plan knows of them.
    var days: [TargetDays] = []
    /// What is told of them.
    var statuses: [TargetStatus] = []
    /// What is told of their accounts.
    var accounts: [AccountStatus] = []

    /// Adds a target; numbers given before stay.
    ///
    /// - Returns: Its number.
    @discardableResult
    mutating func add(_ target: PollTarget, planner: PollPlanner) -> Int {
        targets.append(target)
        days.append(TargetDays())
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
        return targets.count - 1
    }

    /// The account's number in ``accounts``.
    func index(of account: String) -> Int? {
        accounts.firstIndex { $0.account == account }
    }
}
