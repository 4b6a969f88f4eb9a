package import Usage

/// Whether an app is in use, as far as one source's readings tell. A value: what days are told with it changes it.
package struct AppUse: Hashable, Sendable {
    /// A day as it was told.
    private struct Told: Hashable {
        var seconds: Int
        var isOver: Bool
    }

    /// Days before are history: they tell nothing of whether an app is in use.
    private static let remembered = 40

    /// The newest instant at which use is known to have gone on; `nil` when no day tells of any.
    private(set) var lastUse: UnixTime?
    /// When the newest of these days was asked for. Others say nothing of now.
    private(set) var checkedAt: UnixTime
    private var newestDay: Int
    private var days: [Int: Told] = [:]

    /// What a day tells.
    package init(_ day: RecordedDay) {
        (checkedAt, newestDay) = (day.askedAt, day.day.number)
        note(day)
    }

    /// Takes in what is known of a day now.
    ///
    /// - Returns: Whether that tells more than that nothing has changed.
    @discardableResult
    package mutating func note(_ day: RecordedDay) -> Bool {
        let (number, before, wasQuiet) = (day.day.number, lastUse, wasQuiet(on: day.day.number))
        if day.seconds > days[number]?.seconds ?? 0 {
            let seen = min(day.confirmedAt, day.day.end)
            lastUse = max(lastUse ?? seen, seen)
        }
        if number >= newestDay {
            checkedAt = number == newestDay ? max(checkedAt, day.askedAt) : day.askedAt
            newestDay = number
        }
        days[number] = Told(seconds: day.seconds, isOver: day.confirmedAt >= day.day.end)
        if days.count > Self.remembered, let oldest = days.keys.min() { days[oldest] = nil }
        return lastUse != before || self.wasQuiet(on: number) != wasQuiet
    }

    /// Whether usage had grown within some time when the source was asked last.
    func isInUse(within grace: Duration) -> Bool {
        lastUse.map { checkedAt - $0 < grace } ?? false
    }

    /// Whether a day has ended without any usage.
    func wasQuiet(on day: Int) -> Bool {
        days[day].map { $0.isOver && $0.seconds == 0 } ?? false
    }
}
