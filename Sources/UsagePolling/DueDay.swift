import Usage

/// A day of a target and the uptime from which it may be asked for.
struct DueDay: Hashable, Sendable {
    /// Which of the budget's targets.
    let target: Int
    /// The day's number.
    let day: Int
    /// What asking for it is for.
    let kind: CallKind
    /// From when on.
    let due: Duration
    /// From when on it waits, on which its place in the queue depends: earlier than ``due`` where a failure came between, which
    /// must not cost a whole round more.
    var waitsSince: Duration?
    /// Whether it is known and asked for once more.
    var isReread = false
    /// When kind or due time become others although nothing happens; `nil` when they do not.
    var changes: Duration?

    /// Whether to ask for this one first, of two of one kind: the newest missing day of history, else what has waited longest.
    func precedes(_ other: DueDay) -> Bool {
        if kind == .history {
            if isReread != other.isReread { return other.isReread }
            if !isReread, day != other.day { return day > other.day }
        }
        let (since, otherSince) = (waitsSince ?? due, other.waitsSince ?? other.due)
        if since != otherSince { return since < otherSince }
        return target == other.target ? day > other.day : target < other.target
    }

    /// The next moment at which something becomes of it.
    func nextMoment(after uptime: Duration) -> Duration? {
        [due, changes].compactMap { $0 }.filter { $0 > uptime }.min()
    }
}
