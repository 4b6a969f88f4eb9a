import Usage

/// One call to make: an app's day.
struct PollJob: Hashable, Sendable {
    /// Which of the budget's targets.
    let target: Int
    /// Which day.
    let day: UsageDay
    /// What it is for.
    let kind: Kind

    /// What calls are for, most urgent first.
    enum Kind: CaseIterable {
        /// The running day.
        case current
        /// A closed day that may still change.
        case closed
        /// A day that has been final for long and is missing, or is read once more after a week.
        case history
    }
}
