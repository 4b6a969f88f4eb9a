/// How late usage reaches the provider's figures.
///
/// The lag differs from one five minute slot to the next, but what has been visible stays visible.
public struct ArrivalLag: Hashable, Sendable {
    /// The least delay.
    public let shortest: Duration
    /// The greatest delay, not below ``shortest``.
    public let longest: Duration

    /// Figures are visible at once.
    public static let none = ArrivalLag(shortest: .zero, longest: .zero)
    /// Five to twenty minutes, as the provider says about its console.
    public static let documented = ArrivalLag(shortest: .seconds(300), longest: .seconds(1_200))

    private static let slot = 300_000

    /// A lag between two durations; negative ones count as zero.
    public init(shortest: Duration, longest: Duration) {
        self.shortest = max(shortest, .zero)
        self.longest = max(self.shortest, longest)
    }

    /// The moment up to which usage is visible at `now`; both in Unix milliseconds. Never falls while `now` rises.
    func horizon(at now: Int, _ hash: StableHash) -> Int {
        let least = shortest.milliseconds
        let spread = longest.milliseconds - least
        guard spread > 0 else { return now - least }
        let current = CivilDate.floorDivide(now, Self.slot)
        // A slot before these reached no further than the current one does with the greatest lag.
        let remembered = spread / Self.slot + 2
        return (current - remembered...current).reduce(Int.min) { reached, slot in
            let lag = least + hash.mixed(.lag).mixed(slot).below(spread + 1)
            return max(reached, min(now, (slot + 1) * Self.slot) - lag)
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
