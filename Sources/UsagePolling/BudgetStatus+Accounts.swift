extension BudgetStatus {
    /// What there is to tell while only these accounts are in force. How long calls took is told of all of them.
    public func limited(to accounts: Set<String>) -> BudgetStatus {
        BudgetStatus(
            source: source,
            minInterval: minInterval,
            accounts: self.accounts.filter { accounts.contains($0.account) },
            targets: targets.filter { accounts.contains($0.account) },
            durations: durations
        )
    }
}
