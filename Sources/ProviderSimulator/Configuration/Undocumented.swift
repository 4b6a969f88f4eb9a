/// What a five minute row is labelled with.
public enum FiveMinuteLabels: String, Hashable, Sendable, CaseIterable {
    /// The start of its five minutes: 00:00:00 to 23:55:00.
    case start
    /// The end of its five minutes: 00:05:00 to 00:00:00 of the next day.
    case end
}

/// How an app's id is written in an answer.
public enum AppIDForm: String, Hashable, Sendable, CaseIterable {
    /// In quotation marks.
    case text
    /// As a number.
    case number
}

/// What Tencent answers to an action that it does not serve any more.
public enum RetiredAnswer: String, Hashable, Sendable, CaseIterable {
    /// As to an action that never was.
    case invalidAction = "InvalidAction"
    /// That it went offline.
    case actionOffline = "ActionOffline"
}

/// Whether a window of dates has the last one in it.
public enum HuaweiEndDate: String, Hashable, Sendable, CaseIterable {
    /// It has.
    case inclusive
    /// It has not.
    case exclusive
}

/// What an answer says about days without usage.
public enum QuietDays: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case absent
    /// A row of zeros.
    case zero
}

/// What an answer says when there is no usage at all.
public enum EmptyUsages: String, Hashable, Sendable, CaseIterable {
    /// The list is null.
    case null
    /// There is no list.
    case missing
    /// The list has no elements.
    case empty
}

/// A correction of days that everybody took for final.
public struct Restatement: Hashable, Sendable {
    /// So many days after its end a day's figures grow.
    public let afterDays: Int
    /// By so many thousandths, in each room and tier, in whole seconds rounded down.
    public let permille: Int

    /// A correction; negative numbers count as zero.
    public init(afterDays: Int, permille: Int) {
        self.afterDays = max(afterDays, 0)
        self.permille = max(permille, 0)
    }

    /// The thousandths that a day has grown by at a moment; both moments in Unix milliseconds.
    func growth(of end: Int, now: Int) -> Int {
        now >= end + afterDays * SimulatedDay.length ? permille : 0
    }
}
