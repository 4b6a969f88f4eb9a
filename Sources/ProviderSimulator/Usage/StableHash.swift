/// Numbers that look random and are a pure function of what was mixed in: the same on every machine and in every run.
///
/// The mixing step is that of SplitMix64.
struct StableHash: Hashable {
    let bits: UInt64

    init(seed: UInt64) {
        bits = Self.scramble(seed)
    }

    private init(bits: UInt64) {
        self.bits = bits
    }

    /// A hash that also depends on `value`.
    func mixed(_ value: Int) -> StableHash {
        StableHash(bits: Self.scramble(bits ^ UInt64(bitPattern: Int64(value)) &* 0xD6E8_FEB8_6659_FD93))
    }

    /// A hash for one use of a value, so that two properties of one room do not move together.
    func mixed(_ purpose: Purpose) -> StableHash {
        mixed(purpose.rawValue)
    }

    /// A number from 0 up to, not including, `limit`, all about equally likely.
    func below(_ limit: Int) -> Int {
        Int(bits.multipliedFullWidth(by: UInt64(max(limit, 1))).high)
    }

    /// 32 hexadecimal digits.
    var hexDigits: String {
        [self, mixed(1)].map { CivilDate.leftPadded(String($0.bits, radix: 16), 16) }.joined()
    }

    private static func scramble(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension StableHash {
    /// What a number is drawn for.
    enum Purpose: Int {
        case activity = 1, size, shape, startHour, startSecond, length
        case tiers, withheld, revealed, lag, naming, requestID, order, token
    }
}
