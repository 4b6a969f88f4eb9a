import Foundation

extension String {
    /// Whether the UTF-8 of both is the same, byte for byte. What Unicode calls equivalent is not.
    public func hasSameBytes(as other: String) -> Bool {
        // The lengths are known without a look at the bytes, and mostly tell it.
        utf8.count == other.utf8.count && byteOrder(to: other) == 0
    }

    /// Whether the UTF-8 comes before another one's, byte by byte; of two that begin alike the shorter one does.
    func precedesByBytes(_ other: String) -> Bool {
        let order = byteOrder(to: other)
        return order == 0 ? utf8.count < other.utf8.count : order < 0
    }

    /// Below zero, zero or above zero, as the bytes that both have come before the other's, are the same or come after.
    ///
    /// Where a million rooms are ordered this is what most of the time goes into, and C's `memcmp` is some times faster than
    /// going through both byte by byte.
    private func byteOrder(to other: String) -> Int {
        let difference = unsafe utf8.withContiguousStorageIfAvailable { left in
            unsafe other.utf8.withContiguousStorageIfAvailable { right in
                unsafe Self.order(of: left, and: right)
            }
        }
        // A text that is no UTF-8 inside, as those that Objective-C hands over on other systems.
        return (difference ?? nil) ?? slowByteOrder(to: other)
    }

    private static func order(of left: UnsafeBufferPointer<UInt8>, and right: UnsafeBufferPointer<UInt8>) -> Int {
        guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return 0 }
        // Both pointers are valid for the shorter length, inside the closures that lent them.
        return unsafe Int(memcmp(leftStart, rightStart, Swift.min(left.count, right.count)))
    }

    private func slowByteOrder(to other: String) -> Int {
        zip(utf8, other.utf8).first { $0 != $1 }.map { Int($0) - Int($1) } ?? 0
    }
}
