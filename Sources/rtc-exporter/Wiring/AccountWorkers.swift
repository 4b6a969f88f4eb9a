/// Something that works for accounts, one worker each: it goes on for as long as its account does, and ends with it.
struct AccountWorkers<Worker: Sendable>: Sendable {
    private struct Place: Sendable {
        let account: AccountAccess
        let worker: Worker
        let hold: ChildTasks.Hold
    }

    /// By the accounts' names.
    private var places: [String: Place] = [:]

    /// The account's worker; `nil` where it has none, or where that one works for another account of the same name.
    subscript(account: AccountAccess) -> Worker? {
        places[account.account.name].flatMap { $0.account.isSameWay(as: account) ? $0.worker : nil }
    }

    /// Ends the workers of accounts that are gone or have become others, and begins those that are missing.
    ///
    /// - Parameters:
    ///   - accounts: Those that need a worker.
    ///   - goesOn: Whether a worker of an edition of the account does for the other one.
    ///   - begin: Begins one.
    mutating func adopt(
        _ accounts: [AccountAccess],
        goesOn: (AccountAccess, AccountAccess) -> Bool,
        begin: (AccountAccess) -> (Worker, ChildTasks.Hold)?
    ) {
        var (kept, former): ([String: Place], [String: Place]) = ([:], places)
        for account in accounts {
            let name = account.account.name
            if let place = former[name], goesOn(place.account, account) {
                kept[name] = place
                former[name] = nil
            } else if let (worker, hold) = begin(account) {
                kept[name] = Place(account: account, worker: worker, hold: hold)
            }
        }
        for place in former.values { place.hold.release() }
        places = kept
    }
}
