/// Whether an endpoint that all sorts of callers share is worth calling. A value without a clock: times are uptimes.
///
/// The circuit opens when two targets failed with no success in between, or one did three times. While it is open, one call at a
/// time goes out to find out, a probe, after ever longer waits. Any answer closes it.
struct Circuit: Sendable {
    /// Whether a call may go out.
    enum Decision: Hashable, Sendable {
        /// It may, under this number.
        case call(Int)
        /// Not now; at the latest then it is worth asking again.
        case wait(until: Duration)
    }

    private struct Opening {
        var failedProbes = 0
        var nextProbe: Duration
        /// The probe that is out, if one is, and when it went.
        var probe: (number: Int, start: Duration)?
        /// How long was waited before the newest probe.
        var wait: Duration
    }

    private static let failuresOfOneTarget = 3
    private static let failingTargets = 2
    private static let backoff = Backoff(first: .seconds(1), longest: .seconds(60))

    private var newest = 0
    /// The newest call when the newest answer came. A failure of one up to it says nothing of the time since.
    private var newestAtSuccess = 0
    private var failures = 0
    private var failing: Set<String> = []
    private var opening: Opening?

    /// When the next probe may go out; `nil` while the circuit is closed.
    var nextProbe: Duration? { opening?.nextProbe }
    var isOpen: Bool { opening != nil }

    /// Decides about a call that is otherwise ready to go; what is let go has to be told the outcome of.
    mutating func decide(at uptime: Duration) -> Decision {
        if let opening {
            guard opening.probe == nil else { return .wait(until: uptime + .seconds(60)) }
            guard opening.nextProbe <= uptime else { return .wait(until: opening.nextProbe) }
            self.opening?.probe = (newest + 1, uptime)
        }
        newest += 1
        return .call(newest)
    }

    /// Notes an answer that only a living endpoint gives.
    ///
    /// - Returns: Whether that closed the circuit.
    mutating func succeeded() -> Bool {
        defer { opening = nil }
        newestAtSuccess = newest
        failures = 0
        failing = []
        return isOpen
    }

    /// Notes that no answer came, or one that only a dead endpoint's surroundings give.
    ///
    /// - Returns: Whether what others were told of the next probe has changed.
    mutating func failed(_ number: Int, target: String, at uptime: Duration, chance: Double) -> Bool {
        guard let opening else {
            guard number > newestAtSuccess else { return false }
            failures += 1
            failing.insert(target)
            guard failing.count >= Self.failingTargets || failures >= Self.failuresOfOneTarget else { return false }
            open(failedProbes: 0, at: uptime, chance: chance)
            return true
        }
        // Calls that went out before it opened tell nothing new.
        guard opening.probe?.number == number else { return false }
        open(failedProbes: opening.failedProbes + 1, at: uptime, chance: chance)
        return true
    }

    private mutating func open(failedProbes: Int, at uptime: Duration, chance: Double) {
        let wait = Self.backoff.wait(failures: failedProbes + 1, chance: chance, atLeast: nil)
        opening = Opening(failedProbes: failedProbes, nextProbe: uptime + wait, wait: wait)
    }

    /// Notes that nobody will tell what came of a call. It may have been made: the next probe waits as long as it did.
    ///
    /// - Returns: Whether what others were told of the next probe has changed.
    mutating func dropped(_ number: Int) -> Bool {
        guard let opening, let probe = opening.probe, probe.number == number else { return false }
        self.opening?.probe = nil
        self.opening?.nextProbe = probe.start + opening.wait
        return true
    }

    /// Lets a probe go out at once, unless one is out.
    ///
    /// - Returns: Whether what others were told of the next probe has changed.
    mutating func retryNow(at uptime: Duration) -> Bool {
        guard let opening, opening.probe == nil, opening.nextProbe > uptime else { return false }
        self.opening?.nextProbe = uptime
        return true
    }
}
