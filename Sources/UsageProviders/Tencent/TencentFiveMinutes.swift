import Usage

/// What the labels of rows of five minutes mark. Tencent does not document it.
///
/// An answer may tell it itself: a row labelled with the midnight that begins the day cannot be labelled by its end, and one
/// labelled with the midnight that ends the day cannot be labelled by its start. Without either, labels are taken for ends:
/// the one published answer of a whole day, of DescribeTrtcInteractiveTime, begins with 00:05:00, where starts would begin
/// with 00:00:00; and the row that proves starts comes first in a day, whereas the one that proves ends comes last.
///
/// An app that had no usage in the first five minutes, of a provider that labels by starts and leaves rows of zeros out, thus
/// has its intervals five minutes early. The day's total does not depend on it.
enum TencentLabels {
    case starts
    case ends

    /// What the labels of an answer about one day mark; `nil` when they contradict each other.
    init?(_ times: some Collection<UnixTime>, of day: UsageDay) {
        switch (times.contains(day.start), times.contains(day.end)) {
        case (true, true): return nil
        case (true, false): self = .starts
        case (false, _): self = .ends
        }
    }

    /// The instant with which the five minutes of a label begin.
    func start(of time: UnixTime) -> UnixTime {
        switch self {
        case .starts: time
        case .ends: time - IntervalUsage.length
        }
    }
}

/// A day's usage by five minutes, from the rows of an answer about that day alone.
struct TencentFiveMinutes {
    let day: UsageDay

    /// The intervals with usage, oldest first, which add up to all rows.
    ///
    /// - Parameter rows: The figures by their labels, each label once.
    /// - Returns: Nothing when a row is about another time than five minutes: the whole day, or a time that is no multiple of
    ///   them after midnight. What is left would not be the whole usage.
    func intervals(_ rows: [TencentTimeKey: TierSeconds]) -> [IntervalUsage] {
        let times = rows.keys.compactMap(time)
        guard times.count == rows.count, let labels = TencentLabels(times, of: day) else { return [] }
        return rows.compactMap { key, seconds in
            guard !seconds.isZero, let time = time(of: key) else { return nil }
            return IntervalUsage(start: labels.start(of: time), seconds: seconds)
        }
        .sorted { $0.start < $1.start }
    }

    /// The instant of a label that bounds five minutes of the day; `nil` for any other.
    private func time(of key: TencentTimeKey) -> UnixTime? {
        guard case .moment(let time) = key, (day.start...day.end).contains(time),
            (time - day.start).wholeMilliseconds.isMultiple(of: IntervalUsage.length.wholeMilliseconds)
        else { return nil }
        return time
    }
}
