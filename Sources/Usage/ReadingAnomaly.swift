/// Something odd in an answer that is still used: the `kind` label of `rtc_reading_anomalies_total`.
public enum ReadingAnomaly: String, CaseIterable, Sendable {
    /// A room stood in several rows, which were added up.
    case duplicateRoom = "duplicate_room"
    /// A room id was not valid UTF-8, or was longer than is kept, and was repaired or cut.
    case alteredRoom = "altered_room"
    /// A figure had a fraction of a second and was rounded.
    case fraction
    /// A row was about a time that was not asked for, and was left out.
    case outsideWindow = "outside_window"
    /// A day, or a part of one, stood in several rows.
    case duplicateDay = "duplicate_day"
    /// A total differed from the sum of its parts, which are what is used.
    case totalMismatch = "total_mismatch"
    /// There was usage in a tier that this version does not know, and that is in no figure.
    case unknownTier = "unknown_tier"
    /// A part of the answer was about another app, and was left out.
    case otherApp = "other_app"
    /// An answer without any usage came after one with usage, and is not believed before a second one agrees.
    case emptied
}
