public import Usage

/// One row of a report: the usage of an app or room in one tier over one stretch of time.
public struct UsageRow: Hashable, Sendable {
    /// What a row about a month tells of its days.
    public struct Coverage: Hashable, Sendable {
        /// How many days of the month are known and part of the report: the figure is their sum.
        public let days: Int
        /// How many days the month has.
        public let daysInMonth: Int

        /// Whether none is missing.
        public var isComplete: Bool { days == daysInMonth }
    }

    /// Of which app.
    public let app: AppKey
    /// In which tier.
    public let tier: Tier
    /// Of which room; `nil` for the whole app.
    public let room: RoomID?
    /// Who told it; where several did, their names joined by a plus.
    public let source: String
    /// Whether the figure is final.
    public let isSettled: Bool
    /// The instant with which the stretch begins.
    public let from: UnixTime
    /// The instant that ends it and no longer belongs to it.
    public let to: UnixTime
    /// The zone of the source's days.
    public let zone: ZoneOffset
    /// Participant-seconds.
    public let seconds: Int
    /// What a month consists of; `nil` for shorter stretches.
    public let coverage: Coverage?
}

extension UsageRow {
    /// A value of a row, as it is written.
    enum Value: Hashable {
        case text(String)
        case whole(Int)
        case flag(Bool)
    }

    /// The names of what rows of a step tell, in the order in which it is written.
    static func fieldNames(_ step: ReportStep) -> [String] {
        let all = ["provider", "app", "tier", "room", "source", "state", "from", "to", "seconds"]
        return step == .month ? all + ["days", "days_in_month", "complete"] : all
    }

    /// What the row tells, in the same order.
    var values: [Value] {
        let all: [Value] = [
            .text(app.provider.rawValue), .text(app.app), .text(tier.rawValue), .text(room?.text ?? ""), .text(source),
            .text(isSettled ? "settled" : "provisional"), .text(from.internetText(in: zone)),
            .text(to.internetText(in: zone)), .whole(seconds),
        ]
        guard let coverage else { return all }
        return all + [.whole(coverage.days), .whole(coverage.daysInMonth), .flag(coverage.isComplete)]
    }
}
