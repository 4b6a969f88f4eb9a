import Synchronization

/// So many calls may arrive in any stretch of time that long: what providers call so many per second or minute.
public struct ArrivalLimit: Hashable, Sendable {
    /// How many calls.
    public let calls: Int
    /// In how long a stretch, wherever it begins; zero for no limit at all.
    public let period: Duration

    /// A limit; fewer calls than one count as one.
    public init(calls: Int, period: Duration) {
        self.calls = max(calls, 1)
        self.period = period
    }
}

/// Lets no more calls of one caller through than its limit allows in any stretch of time; does not queue.
final class ArrivalLimiter: Sendable {
    /// Who is counted: one API as one account calls it.
    struct Caller: Hashable {
        let secretID: String
        let api: SimulatedAPI
    }

    /// The arrivals that count, as long as they may matter.
    private let counted = Mutex<[Caller: [Duration]]>([:])

    /// Whether a call that arrives at a moment of the monotonic clock may pass. One that may is counted; an early one is not.
    func admits(_ caller: Caller, arrival: Duration, limit: ArrivalLimit) -> Bool {
        counted.withLock { counted in
            let recent = Self.recent(counted[caller], arrival, limit)
            let isFree = recent.count < limit.calls
            counted[caller] = isFree ? recent + [arrival] : recent
            return isFree
        }
    }

    /// Counts a call that was rejected for another reason.
    func count(_ caller: Caller, arrival: Duration, limit: ArrivalLimit) {
        counted.withLock { counted in
            counted[caller] = Self.recent(counted[caller], arrival, limit) + [arrival]
        }
    }

    private static func recent(_ arrivals: [Duration]?, _ arrival: Duration, _ limit: ArrivalLimit) -> [Duration] {
        guard let arrivals, limit.period > .zero else { return [] }
        return arrivals.filter { arrival - $0 < limit.period }
    }
}
