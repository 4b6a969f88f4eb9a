/// Observations of a histogram: how many fell into each bucket, and their sum.
public struct HistogramValue: Sendable, Hashable {
    /// The inclusive upper bounds of the buckets, finite and ascending; the bucket `+Inf` comes after them, unlisted.
    public let upperBounds: [Double]
    /// How many observations each bucket alone holds (not the buckets below it), the one for `+Inf` last: one more
    /// than there are bounds.
    public private(set) var bucketCounts: [Int]
    /// The sum of all observations, in the family's unit.
    public private(set) var sum: Double

    /// A histogram without observations.
    ///
    /// - Parameter upperBounds: The upper bounds in any order; repeated and non-finite ones are left out.
    public init(upperBounds: [Double]) {
        self.upperBounds = Set(upperBounds.filter(\.isFinite)).sorted()
        bucketCounts = Array(repeating: 0, count: self.upperBounds.count + 1)
        sum = 0
    }

    /// A histogram counted elsewhere; `nil` when the bounds do not ascend, when there is not one count more than there
    /// are bounds, when a count is negative, or when the counts add up to more than an `Int` holds.
    ///
    /// - Parameters:
    ///   - upperBounds: Finite and ascending, without `+Inf`.
    ///   - bucketCounts: Observations of each bucket alone, the one for `+Inf` last.
    ///   - sum: The sum of all observations.
    public init?(upperBounds: [Double], bucketCounts: [Int], sum: Double) {
        guard upperBounds.allSatisfy(\.isFinite), zip(upperBounds, upperBounds.dropFirst()).allSatisfy(<),
            bucketCounts.count == upperBounds.count + 1, bucketCounts.allSatisfy({ $0 >= 0 }),
            bucketCounts.reduce(0, { min($0, Int.max - $1) + $1 }) < Int.max
        else { return nil }
        self.upperBounds = upperBounds
        self.bucketCounts = bucketCounts
        self.sum = sum
    }

    /// How many observations there are in all buckets together.
    public var count: Int { bucketCounts.reduce(0, +) }

    /// Adds one observation, in the family's unit; not-a-number is none, and ignored.
    public mutating func observe(_ value: Double) {
        guard !value.isNaN else { return }
        bucketCounts[upperBounds.firstIndex { value <= $0 } ?? upperBounds.count] += 1
        sum += value
    }
}
