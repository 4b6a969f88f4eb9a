import GRDB
import Usage

/// What is known of one day of one app from one source: a row of `day`, and the rule by which readings change it.
///
/// A reading asked later replaces one asked earlier, whatever the order in which they arrive. An answer without usage is
/// believed after one with usage only when a second one agrees, so the newest two of those are remembered.
struct DayRecord: Hashable {
    let appSource: Int
    let day: Int
    /// When the newest reading with usage was asked; 0 when there was none.
    var usedAt: Int
    /// When the newest reading without usage was asked; 0 when there was none.
    var emptyAt: Int
    /// When the newest but one was asked.
    var emptyBeforeAt: Int
    /// The instant up to which the figures in force reach.
    var through: Int
    /// How many rooms had usage.
    var rooms: Int
    /// The figures in force.
    var seconds: TierSeconds
    /// The highest figures ever read.
    var highest: TierSeconds

    init(appSource: Int, day: Int) {
        self.appSource = appSource
        self.day = day
        (usedAt, emptyAt, emptyBeforeAt, through, rooms) = (0, 0, 0, 0, 0)
        (seconds, highest) = (.zero, .zero)
    }

    /// What a reading does to the figures in force.
    enum Effect {
        /// They become those of the reading.
        case replaced
        /// They become zero: two empty answers agree.
        case emptied
        /// They stay.
        case none
    }

    /// Takes in what a reading says of the day. The figures themselves are set by whoever writes the rooms as well.
    ///
    /// - Parameters:
    ///   - total: The figures that were read.
    ///   - time: When the reading was asked.
    ///   - reached: The instant up to which the figures reach.
    /// - Returns: What it does to the figures in force.
    mutating func take(_ total: TierSeconds, askedAt time: UnixTime, through reached: UnixTime) -> Effect {
        let askedAt = time.milliseconds
        highest = highest.combined(with: total, max)
        let wasEmpty = isEmpty
        if total.isZero {
            noteEmpty(askedAt)
        } else {
            guard askedAt > usedAt else { return .none }
            usedAt = askedAt
        }
        guard confirmedAt == askedAt else { return isEmpty && !wasEmpty ? .emptied : .none }
        through = reached.milliseconds
        return isEmpty ? .emptied : .replaced
    }

    private mutating func noteEmpty(_ askedAt: Int) {
        guard askedAt != emptyAt, askedAt != emptyBeforeAt else { return }
        if askedAt > emptyAt {
            (emptyAt, emptyBeforeAt) = (askedAt, emptyAt)
        } else {
            emptyBeforeAt = max(emptyBeforeAt, askedAt)
        }
    }

    /// Whether the day is believed to be without usage.
    var isEmpty: Bool { usedAt == 0 || emptyBeforeAt > usedAt }

    /// When the newest reading was asked.
    var askedAt: Int { max(usedAt, emptyAt) }

    /// When the figures in force were last confirmed.
    var confirmedAt: Int { isEmpty ? emptyAt : usedAt }

    func recorded(in zone: ZoneOffset) -> RecordedDay {
        RecordedDay(
            day: UsageDay(number: day, zone: zone),
            askedAt: UnixTime(milliseconds: askedAt),
            confirmedAt: UnixTime(milliseconds: confirmedAt),
            seconds: seconds.total
        )
    }
}

extension DayRecord: FetchableRecord, PersistableRecord {
    static let databaseTableName = "day"

    init(row: Row) {
        appSource = row["app_source"]
        day = row["day"]
        usedAt = row["used_at"]
        emptyAt = row["empty_at"]
        emptyBeforeAt = row["empty_before_at"]
        through = row["through"]
        rooms = row["rooms"]
        seconds = TierSeconds(row: row)
        highest = TierSeconds(row: row, prefix: "highest_")
    }

    func encode(to container: inout PersistenceContainer) {
        container["app_source"] = appSource
        container["day"] = day
        container["used_at"] = usedAt
        container["empty_at"] = emptyAt
        container["empty_before_at"] = emptyBeforeAt
        container["through"] = through
        container["rooms"] = rooms
        seconds.encode(to: &container)
        highest.encode(to: &container, prefix: "highest_")
    }
}

extension Database {
    /// What is known of an app's days, the oldest first; from a day of that number on, or of all of them.
    func recordedDays(of app: AppKey, from source: UsageSource, since first: Int? = nil) throws -> [RecordedDay] {
        guard let id = try AppSource.id(of: app, from: source, in: self) else { return [] }
        return try DayRecord.filter(sql: "app_source = ? AND day >= ?", arguments: [id, first ?? .min])
            .order(sql: "day").fetchAll(self).map { $0.recorded(in: source.zone) }
    }
}
