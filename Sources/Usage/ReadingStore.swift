/// Where readings are kept, in terms of readings and days, so that the poller knows nothing of databases.
public protocol ReadingStore: Sendable {
    /// Records a reading; recording the same one again changes nothing.
    ///
    /// - Returns: What is known afterwards of the days that the reading tells of.
    /// - Throws: When the store cannot be written; it is then as it was before.
    func record(_ reading: Reading, from source: UsageSource) async throws -> [RecordedDay]

    /// Takes the authority from readings that are said to have been asked later than it is now: they were asked by a wrong
    /// clock. Days that have not begun are forgotten; of others the figures stay until any reading replaces them.
    ///
    /// - Parameters:
    ///   - app: Whose readings.
    ///   - source: From which source.
    ///   - now: The time by the provider's clock.
    /// - Throws: When the store cannot be written.
    func distrustReadings(of app: AppKey, from source: UsageSource, askedAfter now: UnixTime) async throws

    /// What is known of an app's days, from `first` on.
    func recordedDays(of app: AppKey, from source: UsageSource, since first: UsageDay) async throws -> [RecordedDay]
}

/// How well a day is known.
public struct RecordedDay: Hashable, Sendable {
    /// Which day.
    public let day: UsageDay
    /// When its newest successful reading was asked.
    public let askedAt: UnixTime
    /// When the figures that are held were last confirmed by an answer. Earlier than ``askedAt`` while one empty answer
    /// after usage waits for a second one to agree.
    public let confirmedAt: UnixTime
    /// The figures that are held, all tiers together.
    public let seconds: Int

    /// What is known of a day.
    public init(day: UsageDay, askedAt: UnixTime, confirmedAt: UnixTime, seconds: Int) {
        self.day = day
        self.seconds = seconds
        self.askedAt = askedAt
        self.confirmedAt = confirmedAt
    }

    /// Whether an empty answer waits for a second one.
    public var awaitsSecondEmpty: Bool { askedAt > confirmedAt }

    /// Whether the figures are final: confirmed by an answer that was asked for after the source's settle time.
    public func isSettled(by source: UsageSource) -> Bool {
        confirmedAt >= source.settleTime(of: day)
    }
}
