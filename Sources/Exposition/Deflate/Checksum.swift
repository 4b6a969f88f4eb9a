import CZlib

/// The CRC-32 of some bytes, and how many they are.
struct Checksum: Sendable, Hashable {
    /// As the end of a gzip member has it.
    let value: UInt32
    /// How many bytes.
    let length: Int

    /// Of no bytes.
    init() { (value, length) = (0, 0) }

    private init(_ value: UInt, length: Int) {
        (self.value, self.length) = (UInt32(truncatingIfNeeded: value), length)
    }

    /// Of these bytes.
    init(of bytes: UnsafeBufferPointer<UInt8>) {
        // A null pointer is zlib's way to ask for the initial value, which is that of no bytes.
        unsafe self.init(crc32_z(0, bytes.baseAddress, bytes.count), length: bytes.count)
    }

    /// Of these bytes.
    init(of bytes: [UInt8]) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe Checksum(of: $0) }
    }

    /// Of the bytes of one and those of the other after them; the bytes themselves are not needed.
    static func + (first: Checksum, second: Checksum) -> Checksum {
        let value = crc32_combine(UInt(first.value), UInt(second.value), second.length)
        return Checksum(value, length: first.length + second.length)
    }
}
