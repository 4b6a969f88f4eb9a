import Usage

/// What only grows, of one app: the metered seconds and the revisions of settled days.
///
/// Counted is, over the days from the first polled one on, the highest figure that was ever in force, less the figure of the
/// first reading of that first day. A day's figure is that of the first of the app's sources that has the day.
struct AppCounter: Hashable {
    /// When the first reading of the app was asked.
    var firstAskedAt: UnixTime
    /// The day in which that was: older history does not count.
    var firstDay: Int
    /// What was used of the first day before anybody looked.
    var baseline = TierSeconds.zero
    /// When the reading was asked that told this.
    var baselineAt: UnixTime?
    /// Days before this one were deleted for their age and no longer count.
    var prunedBefore: Int
    /// What is counted by the rule above.
    var counted = TierSeconds.zero
    /// What is shown: the highest value that ``counted`` ever had after a reading. That one falls when the primary tells less
    /// of a day than the source that stood in for it, and when a reading arrives that was asked before the first one and
    /// had told more.
    var metered = TierSeconds.zero
    var revisions = Revisions()

    init(firstAskedAt: UnixTime, firstDay: Int) {
        self.firstAskedAt = firstAskedAt
        self.firstDay = firstDay
        prunedBefore = firstDay
    }

    /// What a reading tells of one day from the source that is in force for it.
    struct News {
        let day: Int
        let askedAt: UnixTime
        /// The day's figure in the reading.
        let seconds: TierSeconds
        /// The highest figure of the day so far; `nil` when there is none.
        let level: TierSeconds?
        /// Whether the source tells the day for the first time.
        let isFirst: Bool
        /// Whether it tells the day for the first time after a change of the primary that concerns it.
        let isBaseline: Bool
    }

    /// Takes in what a reading tells of one day.
    ///
    /// - Returns: The day's highest figure from now on.
    mutating func take(_ news: News) -> TierSeconds {
        if begins(news) {
            if news.day == firstDay, baselineAt == nil { (baseline, baselineAt) = (news.seconds, news.askedAt) }
            return news.seconds
        }
        // A source that goes before the one that stood in for it takes its place with what it tells itself.
        let level = news.isFirst ? news.seconds : (news.level ?? .zero).combined(with: news.seconds, max)
        // Were a day that was deleted read again, nobody would know what of it is counted.
        guard news.day >= firstDay, news.day >= prunedBefore || news.level != nil else { return level }
        count(level.combined(with: news.level ?? .zero, -))
        if news.day == firstDay, let baselineAt, news.askedAt < baselineAt {
            moveBaseline(to: news.seconds, toldAt: news.askedAt)
        }
        return level
    }

    /// What a source tells first of a day that was already running says where counting begins, and counts nothing itself. Not
    /// so when it is known that nothing had been used of the first day before anybody looked.
    private func begins(_ news: News) -> Bool {
        guard !news.isBaseline else { return true }
        guard news.day == firstDay, baselineAt != nil else { return news.day == firstDay }
        return news.isFirst && news.level != nil
    }

    /// Notes that the app was asked about at a moment, before any day that this told of is taken in.
    ///
    /// - Parameters:
    ///   - time: When it was asked.
    ///   - day: The day in which that was.
    ///   - isSilent: Whether the answer shows that nothing had been used of that day so far.
    ///   - before: What is known of days from `day` on that come before ``firstDay``.
    mutating func noteAsked(at time: UnixTime, on day: Int, isSilent: Bool, before: @autoclosure () throws -> Before)
        rethrows
    {
        let isNew = time == firstAskedAt && baselineAt == nil
        guard time < firstAskedAt || isNew else { return }
        firstAskedAt = time
        if day < firstDay, day >= prunedBefore || prunedBefore == firstDay { try moveFirstDay(to: day, before()) }
        if isSilent, day == firstDay { moveBaseline(to: .zero, toldAt: time) }
    }

    /// What is known of the days between an earlier first day and the one so far.
    struct Before {
        /// The sum of their highest figures.
        var levels = TierSeconds.zero
        /// What the first reading of the earlier first day told of it.
        var baseline: DayTrail.Entry?
    }

    private mutating func moveFirstDay(to day: Int, _ before: Before) {
        if prunedBefore == firstDay { prunedBefore = day }
        firstDay = day
        let gained = baseline + before.levels
        (baseline, baselineAt) = (before.baseline?.seconds ?? .zero, before.baseline?.askedAt)
        count(gained.combined(with: baseline, -))
    }

    private mutating func moveBaseline(to seconds: TierSeconds, toldAt time: UnixTime) {
        let difference = baseline.combined(with: seconds, -)
        (baseline, baselineAt) = (seconds, time)
        count(difference)
    }

    private mutating func count(_ difference: TierSeconds) {
        counted += difference
    }

    /// Shows what is counted, once a reading is taken in whole: a height that there was between two of its steps only must
    /// not stay.
    mutating func show() {
        metered = metered.combined(with: counted, max)
    }

    /// Forgets that the app is said to have been asked about later than it is now: it was a clock that was ahead.
    mutating func distrust(askedAfter now: UnixTime, on today: Int) {
        guard firstAskedAt > now else { return }
        (firstAskedAt, firstDay) = (now, min(firstDay, today))
        prunedBefore = min(prunedBefore, today)
        baselineAt = now
    }

    /// One whose next reading is the first one.
    static let resumed = AppCounter(firstAskedAt: UnixTime(milliseconds: .max), firstDay: .max)

    /// Goes on from where it was, with the next reading as the first one.
    mutating func resume() {
        var resumed = Self.resumed
        (resumed.counted, resumed.metered, resumed.revisions) = (metered, metered, revisions)
        self = resumed
    }

    /// Goes on from what was shown, where that is more.
    mutating func raise(to shown: TierSeconds, _ revisions: Revisions) {
        // Counting goes on from there, too, instead of catching up with it.
        counted = counted.combined(with: shown.combined(with: metered) { max(0, $0 - $1) }, +)
        metered = metered.combined(with: shown, max)
        self.revisions = Revisions(
            up: max(self.revisions.up, revisions.up),
            down: max(self.revisions.down, revisions.down)
        )
    }

    /// Notes what changed of days that had been settled; it never falls.
    mutating func revise(from old: Revisions, to new: Revisions) {
        revisions.up += max(0, new.up - old.up)
        revisions.down += max(0, new.down - old.down)
    }
}
