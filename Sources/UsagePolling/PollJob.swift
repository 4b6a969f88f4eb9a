package import Usage

/// One call to make: a day of an app, or several in a row.
package struct PollJob: Hashable, Sendable {
    /// Which of the budget's targets.
    package let target: Int
    /// The first day.
    package let first: UsageDay
    /// The last day.
    package let last: UsageDay
    /// What it is for.
    package let kind: CallKind

    /// A call about the days from `first` to `last`.
    init(target: Int, first: UsageDay, last: UsageDay, kind: CallKind) {
        self.target = target
        self.first = first
        self.last = last
        self.kind = kind
    }

    /// A call about one day.
    init(target: Int, day: UsageDay, kind: CallKind) {
        self.init(target: target, first: day, last: day, kind: kind)
    }

    /// The numbers of its days.
    package var days: ClosedRange<Int> { first.number...max(first.number, last.number) }

    /// Whether it asks for the running day, which is what is told of an app.
    package var asksForRunningDay: Bool { kind == .current || kind == .idle }

    /// What to ask for at a moment; `nil` when the clock was set back between the decision and the call.
    package func window(at now: UnixTime) -> UsageWindow? {
        last.end <= now
            ? UsageWindow(first: first, last: last) : UsageWindow(first: first, last: last, through: now)
    }
}

extension PollJob: CustomStringConvertible {
    /// `2026-11-20` or `2026-10-21 to 2026-11-20`.
    package var description: String { first == last ? "\(first)" : "\(first) to \(last)" }
}
