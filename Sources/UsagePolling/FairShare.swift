/// How the kinds of work divide a budget in the long run, as the turns of the plan do it call by call.
enum FairShare {
    /// What each kind gets of a budget: as much as it asks for, up to its share; and what others leave of theirs goes to
    /// the kinds that want more, in their order.
    ///
    /// - Parameters:
    ///   - capacity: Calls per hour.
    ///   - demand: Calls per hour by kind. A kind with no end of work asks for the whole capacity.
    /// - Returns: Calls per hour by kind; never more than asked for, and together as many as there are or are asked for.
    static func divide(_ capacity: Double, among demand: CallRates) -> CallRates {
        var given = CallRates()
        for kind in CallKind.allCases {
            given[kind] = min(demand[kind], capacity * PollPlanner.shares[kind])
        }
        for kind in CallKind.allCases {
            given[kind] += min(demand[kind] - given[kind], max(0, capacity - given.total))
        }
        return given
    }
}
