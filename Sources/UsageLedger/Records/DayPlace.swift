import GRDB

/// Which day of which app and source a row is about.
struct DayPlace: Hashable {
    let appSource: Int
    let day: Int

    /// For a condition like `app_source = ? AND day = ?`.
    var arguments: StatementArguments { [appSource, day] }
}
