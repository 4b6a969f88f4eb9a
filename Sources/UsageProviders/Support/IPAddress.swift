import Foundation

/// An IP address. One of version 4 is the same as the address of version 6 that stands for it, `::ffff:192.0.2.1`.
struct IPAddress: Hashable {
    /// The 16 bytes as version 6 has them.
    let bytes: [UInt8]
    /// How many of their leading bits are the same for all addresses of the version in which it was written.
    let prefixOfVersion: Int

    /// Reads an address without brackets and without a zone; `nil` when it is none.
    init?(_ text: String) {
        // What reads it would stop there and find an address in front.
        guard !text.utf8.contains(0) else { return nil }
        if let bytes = Self.bytes(of: text, family: AF_INET, count: 4) {
            self.bytes = Self.mapped + bytes
            prefixOfVersion = Self.mapped.count * 8
        } else if let bytes = Self.bytes(of: text, family: AF_INET6, count: 16) {
            self.bytes = bytes
            prefixOfVersion = 0
        } else {
            return nil
        }
    }

    /// Whether it was written as version 4 writes addresses.
    var isVersion4: Bool { prefixOfVersion > 0 }

    /// Whether it is this machine's own, on which nobody else can listen.
    var isLoopback: Bool {
        bytes.starts(with: Self.mapped) ? bytes[12] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// Whether the leading bits are the same as another's.
    func shares(bits: Int, with other: IPAddress) -> Bool {
        let (whole, rest) = (bits / 8, bits % 8)
        guard bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
        return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0
    }

    static func == (left: IPAddress, right: IPAddress) -> Bool { left.bytes == right.bytes }

    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let status = unsafe bytes.withUnsafeMutableBytes { unsafe inet_pton(family, text, $0.baseAddress) }
        return status == 1 ? bytes : nil
    }
}
