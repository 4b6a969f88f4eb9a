/// What a request gets, and what its answer is counted under.
struct Reply: Sendable {
    /// How the answer comes about.
    enum Work: Sendable {
        /// It is there.
        case done(HTTPAnswer)
        /// It has to be made, which no event loop may be held up by.
        case pending(@Sendable () async -> HTTPAnswer)
    }

    /// The value of the `handler` label.
    let handler: String
    let work: Work
    /// Held until the answer is written or the client has gone.
    var place: ScrapeGate.Place?
    /// How many seconds the answer as a whole may take; `nil` when nothing was said of it.
    var patience: Double?

    init(
        _ handler: String,
        _ work: Work,
        holding place: ScrapeGate.Place? = nil,
        patience: Double? = nil
    ) {
        self.handler = handler
        self.work = work
        self.place = place
        self.patience = patience
    }
}
