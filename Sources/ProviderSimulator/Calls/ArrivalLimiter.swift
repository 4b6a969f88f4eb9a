import Synchronization

/// Lets no two calls of one caller through that arrive closer together than a spacing; does not queue.
final class ArrivalLimiter: Sendable {
    /// Who is counted: one API as one account calls it.
    struct Caller: Hashable {
        let secretID: String
        let api: SimulatedAPI
    }

    private let marks = Mutex<[Caller: Duration]>([:])

    /// Whether a call that arrives at a moment of the monotonic clock may pass.
    ///
    /// One that may moves the mark; an early one leaves it where it is.
    func admits(_ caller: Caller, arrival: Duration, spacing: Duration) -> Bool {
        marks.withLock { marks in
            if let mark = marks[caller], arrival - mark < spacing { return false }
            marks[caller] = arrival
            return true
        }
    }

    /// Counts a call that was rejected for another reason.
    func count(_ caller: Caller, arrival: Duration) {
        marks.withLock { marks in
            marks[caller] = max(marks[caller] ?? arrival, arrival)
        }
    }
}
