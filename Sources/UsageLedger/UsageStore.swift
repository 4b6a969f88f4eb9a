public import Usage

/// Where readings are kept, and what is known by them, in terms of readings and days: ``UsageLedger`` is one in SQLite.
public protocol UsageStore: ReadingStore, ThrottleStore, SignatureRefusalStore {
    /// The apps that a provider's list had within a day of its newest edition, by id.
    func listedApps(of provider: Provider, account: String) async throws -> [ListedApp]

    /// Notes a whole list. An app that is missing from it stays for a day after it was listed last: lists have gaps too.
    func record(_ apps: [ListedApp], listedBy provider: Provider, account: String, at time: UnixTime) async throws

    /// Tells which sources apps have from now on, the primary first. When that is another one than before, what it tells next
    /// is where metering goes on.
    func setSources(_ sources: [AppKey: [UsageSource]])

    /// What is known of an app now.
    func figures(of app: AppKey, from sources: [UsageSource]) async throws -> AppFigures

    /// What is held of an app's days from one source, the oldest first: those of a range of day numbers, and no more than
    /// asked for.
    func history(of app: AppKey, from source: UsageSource, days: ClosedRange<Int>, most: Int) async throws
        -> [DayHistory]

    /// What one room used on a day; `nil` when it is not held: it had no usage, or the day's rooms are no longer kept.
    func room(_ room: RoomID, of app: AppKey, from source: UsageSource, on day: UsageDay) async throws -> TierSeconds?

    /// What readings told of a day one after the other: the newest of each five minutes, for 35 days.
    func readTotals(of app: AppKey, from source: UsageSource, on day: UsageDay) async throws -> [ReadTotal]

    /// Deletes what is older than it has to be kept, in small steps.
    func prune(keepingDays days: Duration, rooms: Duration) async throws

    /// How many rooms of a day are named: of readings that are recorded from now on, and at most of those that are held.
    var folding: RoomFolding { get set }

    /// Tells when the store turns out to be damaged in use and is begun anew: what is known is less from then on. For one
    /// listener.
    var recoveries: AsyncStream<LedgerRecovery> { get }

    /// How the store stands.
    var condition: StoreCondition { get }
}

/// How a store of readings stands.
public struct StoreCondition: Sendable, Hashable {
    /// What it takes on disk, in bytes.
    public let size: Int
    /// What kept the newest attempt to write from succeeding, as a sentence; `nil` when it succeeded.
    public let problem: String?
    /// How many apps have readings that are held in memory because they could not be written.
    public let heldApps: Int
    /// How often a damaged store was set aside and begun anew, earlier runs included.
    public let recoveries: Int
    /// The newest of those in this run.
    public let lastRecovery: LedgerRecovery?

    /// Whether the newest attempt to write succeeded.
    public var isWritable: Bool { problem == nil }
}
