import TestSupport
import Usage

extension SeededGenerator {
    /// A number from 0 to one less than the bound.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// Whether it happens once in so many times.
    mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

    /// Figures in some tiers, at times of none and at times as large as a provider may tell.
    mutating func tierSeconds() -> TierSeconds {
        var seconds = TierSeconds()
        for tier in Tier.allCases where oneIn(2) {
            seconds[tier] = oneIn(20) ? below(10_000_000_000_000) : below(1 << below(24))
        }
        return seconds
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(below(256)) } }
}
