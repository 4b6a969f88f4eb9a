import Testing
import Usage
import TestSupport

@Suite("Seconds by tier")
struct TierSecondsTests {
    @Test("Each tier keeps its own figure", arguments: Tier.allCases)
    func separate(tier: Tier) {
        var seconds = TierSeconds.zero
        seconds[tier] = 7
        for other in Tier.allCases {
            #expect(seconds[other] == (other == tier ? 7 : 0))
        }
        #expect(seconds == TierSeconds([tier: 7]))
        #expect(seconds.total == 7)
        #expect(!seconds.isZero)
        seconds[tier] = 0
        #expect(seconds.isZero)
    }

    @Test("The names of the tiers are those of the label")
    func names() {
        #expect(Tier.allCases.map(\.rawValue) == ["audio", "sd", "hd", "fhd", "2k", "4k", "mixed"])
    }

    @Test("Sums and differences are taken tier by tier", arguments: 0..<20)
    func arithmetic(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let left = TierSeconds.random(upTo: RoundedSeconds.largest, using: &generator)
        let right = TierSeconds.random(upTo: RoundedSeconds.largest, using: &generator)
        let sum = left + right
        for tier in Tier.allCases {
            #expect(sum[tier] == left[tier] + right[tier])
            #expect(sum.combined(with: right, -)[tier] == left[tier])
            #expect(left.combined(with: right, max)[tier] == max(left[tier], right[tier]))
        }
        var added = left
        added += right
        #expect(added == sum)
        #expect(sum == right + left)
        #expect(sum.total == left.total + right.total)
        #expect(left + .zero == left)
        #expect(left.total == Tier.allCases.map { left[$0] }.reduce(0, +))
    }
}
