import Usage

/// How long to wait after failures in a row. A value without a clock or chance of its own.
struct Backoff: Sendable {
    private let first: Duration
    private let longest: Duration

    /// Waits that double from the first to the longest.
    init(first: Duration, longest: Duration) {
        (self.first, self.longest) = (first, longest)
    }

    /// The wait that fits a failure.
    ///
    /// What a person has to mend is asked again every minute and then ever less, an
    /// API that is no longer served once a day.
    ///
    /// - Parameters:
    ///   - failure: What has to be waited for.
    ///   - spacing: The shortest time between two calls.
    ///   - stretch: The time over which the provider counts calls: after that it may count anew.
    init(after failure: ReadingFailure, spacing: Duration, stretch: Duration) {
        switch failure.reason {
        case _ where failure.cause == .retired: (first, longest) = (.seconds(86_400), .seconds(86_400))
        case .throttled: (first, longest) = (stretch, min(stretch * 8, .seconds(300)))
        case .unavailable, .timeout: (first, longest) = (spacing, .seconds(60))
        case .unauthorized: (first, longest) = (.seconds(60), .seconds(900))
        case .rejected: (first, longest) = (.seconds(60), .seconds(3600))
        case .malformed: (first, longest) = (max(spacing, .seconds(15)), .seconds(600))
        }
    }

    /// - Parameters:
    ///   - failures: How many there were in a row, this one included.
    ///   - chance: From 0 to 1; spreads waits by a quarter, so that many clients do not come back at the same moment.
    ///   - atLeast: What the provider asked for.
    /// - Returns: The time until the next attempt.
    func wait(failures: Int, chance: Double, atLeast: Duration?) -> Duration {
        let doublings = min(max(failures - 1, 0), 16)
        let wait = min(first * (1 << doublings), max(first, longest))
        return max(wait * (1 + chance / 4), atLeast ?? .zero)
    }
}
