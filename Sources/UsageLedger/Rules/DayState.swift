import Usage

/// What is known of one day of one app from one source, and the rule by which readings change it.
///
/// A reading asked later replaces one asked earlier, whatever the order in which they arrive. An answer without usage is
/// believed after one with usage only when a second one agrees, so the newest two of those are remembered.
struct DayState: Hashable {
    /// When the newest reading with usage was asked, in milliseconds; 0 when there was none.
    var usedAt = 0
    /// The instant up to which that one's figures reach.
    var usedThrough = 0
    /// When the newest reading without usage was asked; 0 when there was none.
    var emptyAt = 0
    /// The instant up to which that one reaches.
    var emptyThrough = 0
    /// When the newest but one of those was asked.
    var emptyBeforeAt = 0
    /// The figures in force.
    var seconds = TierSeconds.zero

    /// What a reading does to the figures in force.
    enum Effect {
        /// They become those of the reading.
        case replaced
        /// They become zero: two empty answers agree.
        case emptied
        /// They stay.
        case none
    }

    /// Takes in what a reading tells of the day.
    ///
    /// - Returns: What it does to the figures in force.
    mutating func take(_ told: DayTrail.Entry) -> Effect {
        let wasEmpty = isEmpty
        if told.seconds.isZero {
            noteEmpty(told.askedAt.milliseconds, through: told.through.milliseconds)
            guard isEmpty, !wasEmpty else { return .none }
            seconds = .zero
            return .emptied
        }
        guard told.askedAt.milliseconds > usedAt else { return .none }
        (usedAt, usedThrough) = (told.askedAt.milliseconds, told.through.milliseconds)
        // It came late: two empty ones that were asked after it agree.
        guard !isEmpty else { return .none }
        seconds = told.seconds
        return .replaced
    }

    private mutating func noteEmpty(_ askedAt: Int, through: Int) {
        guard askedAt != emptyAt, askedAt != emptyBeforeAt else { return }
        if askedAt > emptyAt {
            (emptyAt, emptyBeforeAt, emptyThrough) = (askedAt, emptyAt, through)
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

    /// The instant up to which the figures in force reach.
    var through: Int { isEmpty ? emptyThrough : usedThrough }

    func recorded(on day: UsageDay) -> RecordedDay {
        RecordedDay(
            day: day,
            askedAt: UnixTime(milliseconds: askedAt),
            confirmedAt: UnixTime(milliseconds: confirmedAt),
            seconds: seconds.total
        )
    }
}
