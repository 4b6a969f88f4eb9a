public import Usage
public import UsageLedger

/// Where reports find recorded usage: a ledger in use, or a look into one.
public protocol UsageHistory: Sendable {
    /// What is held of an app's days from one source, the oldest first: those of a range of day numbers in the source's zone,
    /// and no more than `most`. A day that is not known is left out.
    func history(of app: AppKey, from source: UsageSource, days: ClosedRange<Int>, most: Int) async throws
        -> [DayHistory]

    /// What one room used on a day; `nil` when it is not held: it had no usage, or the day's rooms are no longer kept.
    func room(_ room: RoomID, of app: AppKey, from source: UsageSource, on day: UsageDay) async throws -> TierSeconds?
}

extension UsageLedger: UsageHistory {}

extension LedgerLook: UsageHistory {}
