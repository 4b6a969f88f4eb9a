import Usage

/// What survives a restart: the days of each app, by the ledger's rules.
struct SimulatedLedger {
    private var days: [[Int: RecordedDay]]

    init(apps: Int) { days = Array(repeating: [:], count: apps) }

    /// All days of an app.
    func days(of app: Int) -> [Int: RecordedDay] { days[app] }

    /// Records what an answer told of a day: one that was asked for later replaces one that was asked for earlier, and nothing
    /// after something waits for a second answer to agree.
    ///
    /// - Returns: What is known of the day since.
    mutating func record(_ seconds: Int, on day: UsageDay, askedAt: UnixTime, of app: Int) -> RecordedDay {
        let known = days[app][day.number]
        if let known, known.askedAt >= askedAt { return known }
        var record = RecordedDay(day: day, askedAt: askedAt, confirmedAt: askedAt, seconds: seconds)
        if let known, seconds == 0, known.seconds > 0, !known.awaitsSecondEmpty {
            record = RecordedDay(day: day, askedAt: askedAt, confirmedAt: known.confirmedAt, seconds: known.seconds)
        }
        days[app][day.number] = record
        return record
    }
}
