import Usage

/// One call to make: a day of an app, or several in a row.
struct PollJob: Hashable, Sendable {
    /// Which of the budget's targets.
    let target: Int
    /// The first day.
    let first: UsageDay
    /// The last day.
    let last: UsageDay
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

    /// A call about the days from `first` to `last`.
    init(target: Int, first: UsageDay, last: UsageDay, kind: Kind) {
        self.target = target
        self.first = first
        self.last = last
        self.kind = kind
    }

    /// A call about one day.
    init(target: Int, day: UsageDay, kind: Kind) {
        self.init(target: target, first: day, last: day, kind: kind)
    }

    /// The numbers of its days.
    var days: ClosedRange<Int> { first.number...max(first.number, last.number) }

    /// What to ask for at a moment; `nil` when the clock was set back between the decision and the call.
    func window(at now: UnixTime) -> UsageWindow? {
        last.end <= now
            ? UsageWindow(first: first, last: last) : UsageWindow(first: first, last: last, through: now)
    }
}

extension PollJob: CustomStringConvertible {
    /// `2026-11-20` or `2026-10-21 to 2026-11-20`.
    var description: String { first == last ? "\(first)" : "\(first) to \(last)" }
}
