import NIOCore

/// How long an answer waits for its client.
struct Patience {
    /// A client that takes nothing for so long is cut off.
    static let withoutProgress = TimeAmount.seconds(30)
    /// How long an answer may take as a whole when the client says nothing of it.
    static let usual = TimeAmount.seconds(300)
    /// The most that a client may ask for, in seconds.
    private static let most = 3600.0

    /// When the answer as a whole is given up.
    let deadline: NIODeadline
    /// When the client last took something; `nil` before there is anything to take.
    private var taken: NIODeadline?
    /// How many bytes the socket had not taken at that time.
    private var unsent = 0

    /// - Parameters:
    ///   - start: When the request arrived.
    ///   - wanted: For how many seconds the client waits; without effect unless it is a number above zero.
    init(since start: NIODeadline, wanted: Double?) {
        let isMeant = wanted.map { $0.isFinite && $0 > 0 } ?? false
        let seconds = isMeant ? wanted.map { min($0, Self.most) } : nil
        deadline = start + (seconds.map { .nanoseconds(Int64($0 * 1e9)) } ?? Self.usual)
    }

    /// When it is used up, unless the client takes something before.
    var end: NIODeadline {
        taken.map { min(deadline, $0 + Self.withoutProgress) } ?? deadline
    }

    /// Notes that a part of the answer was taken, or that there is one to take.
    mutating func noteProgress(at now: NIODeadline, unsent: Int) {
        taken = now
        self.unsent = unsent
    }

    /// Notes what the socket has taken since, although that is no whole part.
    mutating func noteMove(at now: NIODeadline, unsent: Int) {
        if taken != nil, unsent < self.unsent { noteProgress(at: now, unsent: unsent) }
    }
}
