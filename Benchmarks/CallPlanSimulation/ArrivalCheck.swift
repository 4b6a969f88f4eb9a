/// The receiving side of one budget, which counts as a provider may: never more than so many calls in any stretch.
///
/// It is written without a look at what keeps the limit.
struct ArrivalCheck {
    private let stretch: Duration
    private let most: Int
    private var recent: [Duration] = []
    /// How many calls came.
    private(set) var arrivals = 0
    /// How many of them were one too many.
    private(set) var early = 0

    init(most: Int, in stretch: Duration) {
        (self.most, self.stretch) = (most, stretch)
    }

    /// Notes a call.
    ///
    /// `refuses`: Whether one too many is refused, and then counts no more.
    /// - Returns: Whether there was room for it.
    mutating func note(at uptime: Duration, refuses: Bool = false) -> Bool {
        arrivals += 1
        while let oldest = recent.first, uptime - oldest >= stretch { recent.removeFirst() }
        let fits = recent.count < most
        if !fits { early += 1 }
        if fits || !refuses { recent.append(uptime) }
        return fits
    }
}
