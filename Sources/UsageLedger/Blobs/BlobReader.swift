import Usage

/// Reads what ``BlobWriter`` wrote. It believes nothing: what does not fit is damage.
struct BlobReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() throws(BlobDamage) -> Int {
        var (result, shift) = (UInt64(0), UInt64(0))
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(Int64(bitPattern: result)) }
            shift += 7
        }
        throw BlobDamage()
    }

    /// A number that was written with its sign at the end.
    mutating func signedNumber() throws(BlobDamage) -> Int {
        let number = try number()
        return Int(bitPattern: UInt(bitPattern: number) >> 1) ^ -(number & 1)
    }

    mutating func bytes(_ count: Int) throws(BlobDamage) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw BlobDamage() }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// Figures, of which none is below zero or larger than could be.
    mutating func tierSeconds() throws(BlobDamage) -> TierSeconds {
        var seconds = TierSeconds()
        var (mask, index) = (try tierMask(), 0)
        while mask != 0 {
            if mask & 1 != 0 {
                let figure = try number()
                guard figure > 0, figure <= Self.largest else { throw BlobDamage() }
                seconds[TierSeconds.blobOrder[index]] = figure
            }
            (mask, index) = (mask >> 1, index + 1)
        }
        return seconds
    }

    /// Figures that were written by what they differ from others.
    mutating func tierSeconds(since last: TierSeconds) throws(BlobDamage) -> TierSeconds {
        var seconds = last
        let mask = try tierMask()
        for (index, tier) in TierSeconds.blobOrder.enumerated() where mask & (1 << index) != 0 {
            seconds[tier] &+= try signedNumber()
            guard seconds[tier] >= 0, seconds[tier] <= Self.largest else { throw BlobDamage() }
        }
        return seconds
    }

    /// Which tiers follow.
    private mutating func tierMask() throws(BlobDamage) -> UInt8 {
        guard position < bytes.count, bytes[position] < 0x80 else { throw BlobDamage() }
        defer { position += 1 }
        return bytes[position]
    }

    /// A hundred times what a provider is believed of a whole app and day. Sums of a thousand such figures do not overflow.
    static let largest = 1 << 50
}

/// What is kept in the ledger is not what was written there.
struct BlobDamage: Error, CustomStringConvertible {
    var description: String { "a value in it cannot be read" }
}

extension TierSeconds {
    /// Whether the figures can be at all: others would be taken for damage when they are read.
    var isPossible: Bool {
        TierSeconds.blobOrder.allSatisfy { self[$0] >= 0 && self[$0] <= BlobReader.largest }
    }
}
