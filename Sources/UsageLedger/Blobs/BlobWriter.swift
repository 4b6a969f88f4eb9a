import Usage

/// Writes numbers and texts densely: a number takes a byte for each seven bits that it has.
struct BlobWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    mutating func append(_ number: Int) {
        var rest = UInt64(bitPattern: Int64(number))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A number that is as likely below zero as above: the sign goes to its end.
    mutating func append(signed number: Int) {
        append((number << 1) ^ (number >> 63))
    }

    mutating func append(_ more: ArraySlice<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Which tiers have usage, and how much.
    mutating func append(_ seconds: TierSeconds) {
        appendTiers(where: { seconds[$0] != 0 }) { $0.append(seconds[$1]) }
    }

    /// Which tiers have other figures than before, and by how much.
    mutating func append(_ seconds: TierSeconds, since last: TierSeconds) {
        appendTiers(where: { seconds[$0] != last[$0] }) { $0.append(signed: seconds[$1] - last[$1]) }
    }

    private mutating func appendTiers(where isWritten: (Tier) -> Bool, _ write: (inout BlobWriter, Tier) -> Void) {
        let place = bytes.count
        bytes.append(0)
        for (index, tier) in TierSeconds.blobOrder.enumerated() where isWritten(tier) {
            bytes[place] |= 1 << index
            write(&self, tier)
        }
    }
}

extension TierSeconds {
    /// The order of tiers in what is kept: appended to, never changed.
    static let blobOrder: [Tier] = [.audio, .sd, .hd, .fhd, .twoK, .fourK, .mixed]
}
