/// One room on one usage day: what it will have used in the end, and when.
struct RoomDay {
    let id: String
    let curve: DayCurve
    /// The final figure of the whole day.
    let total: TierSeconds
    /// Thousandths of the figures that the provider does not know about before the day's revision.
    let withheld: Int

    /// The figure from the start of the day up to a second of it.
    ///
    /// - Parameters:
    ///   - second: Seconds since the start of the day, 0 to 86 400.
    ///   - revised: Whether the day has had its revision.
    ///   - growth: Thousandths that a restatement adds.
    /// - Returns: Seconds; never less for a later second.
    func cumulative(at second: Int, revised: Bool, growth: Int = 0) -> TierSeconds {
        let all = curve.part(of: total, at: second)
        let known = withheld > 0 && !revised ? all.map { $0 * (1_000 - withheld) / 1_000 } : all
        return growth == 0 ? known : known.map { $0 + $0 * growth / 1_000 }
    }
}
