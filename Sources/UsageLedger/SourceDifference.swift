public import Usage

/// A settled day of which two sources of one app tell different totals: something for a person to look into before the
/// invoice comes.
public struct SourceDifference: Hashable, Sendable {
    /// Which day.
    public let day: UsageDay
    /// The app's first source.
    public let primary: String
    /// What it tells, in participant-seconds.
    public let primarySeconds: Int
    /// The source that it is compared with.
    public let other: String
    /// What that one tells, in participant-seconds.
    public let otherSeconds: Int

    /// More than this is a difference.
    public static let tolerance = 0.02
    /// Sources that tell minutes may round each tier of a day.
    private static let rounding = 60 * Tier.allCases.count

    /// How much more the other source tells, as a part of what the primary does: -0.25 for a quarter less.
    public var share: Double {
        primarySeconds == 0 ? .infinity : Double(otherSeconds - primarySeconds) / Double(primarySeconds)
    }

    /// The days on which an app's sources differ from its primary, newest first.
    ///
    /// - Parameter figures: What is known of the app by source, the primary first.
    /// - Returns: One for each day and source.
    public static func all(in figures: [SourceFigures]) -> [SourceDifference] {
        guard let primary = figures.first else { return [] }
        let known = Dictionary(primary.settled.map { ($0.day, $0.seconds.total) }) { $1 }
        let differences = figures.dropFirst().flatMap { other in
            other.settled.compactMap { day -> SourceDifference? in
                guard let seconds = known[day.day], differs(seconds, day.seconds.total) else { return nil }
                return SourceDifference(
                    day: day.day,
                    primary: primary.source.name,
                    primarySeconds: seconds,
                    other: other.source.name,
                    otherSeconds: day.seconds.total
                )
            }
        }
        return differences.sorted { $0.day == $1.day ? $0.other < $1.other : $0.day > $1.day }
    }

    private static func differs(_ left: Int, _ right: Int) -> Bool {
        let difference = abs(left - right)
        return difference > rounding && Double(difference) > tolerance * Double(max(left, right))
    }
}
