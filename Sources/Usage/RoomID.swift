import Crypto
import Foundation

/// A room's id as it is kept and shown: valid UTF-8 of bounded length.
///
/// Two ids are one room only when their bytes are equal. Swift's `String` also calls composed and decomposed accents
/// equal; to Prometheus, and to the provider, those are two rooms.
public struct RoomID: Hashable, Comparable, Sendable {
    /// The name under which all rooms that are not named are summed up; a room that is really called so joins them.
    public static let other = RoomID(known: "_other")
    /// What sources without rooms, and answers with an empty room id, have.
    public static let empty = RoomID(known: "")

    /// The longest id in bytes; a longer one is cut and ends in a hash of the whole.
    public static let longest = 1024

    /// The id as text.
    public let text: String

    /// An id as a provider sent it: invalid UTF-8 is repaired, an over-long id is cut and gets a hash as its end.
    public init(bytes: some Collection<UInt8>) {
        // Repairing may lengthen: each broken byte becomes three.
        if bytes.count <= Self.longest {
            let repaired = Self.repaired(bytes)
            if repaired.utf8.count <= Self.longest {
                text = repaired
                return
            }
        }
        let hash = SHA256.hash(data: Array(bytes)).hexadecimal(bytes: 8)
        // Of what is cut only a third is kept, so that it fits after repair as well.
        let kept = Self.repaired(bytes.prefix((Self.longest - 17) / 3))
        text = "\(kept)~\(hash)"
    }

    /// Valid UTF-8 without NUL, behind which a C library such as SQLite's would no longer look.
    private static func repaired(_ bytes: some Collection<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }

    /// An id as a provider sent it.
    public init(_ text: String) {
        self.init(bytes: text.utf8)
    }

    /// An id as a provider sent it; `nil` when it would have to be repaired or cut, or holds U+FFFD and so may have been repaired.
    ///
    /// One of at most 15 bytes takes no memory beyond the value itself.
    public init?(unaltered bytes: Span<UInt8>) {
        guard bytes.count <= Self.longest else { return nil }
        var (beyondASCII, holdsNUL) = (false, false)
        for index in bytes.indices {
            beyondASCII = beyondASCII || bytes[index] >= 0x80
            holdsNUL = holdsNUL || bytes[index] == 0
        }
        guard !holdsNUL else { return nil }
        // The pointer is used inside the closure alone.
        let text = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        // What had to be repaired holds U+FFFD afterwards.
        guard !beyondASCII || !text.unicodeScalars.contains("\u{FFFD}") else { return nil }
        self.text = text
    }

    /// An id that was kept, by its bytes; `nil` when they are none of an id.
    public init?(kept bytes: [UInt8]) {
        guard bytes.count <= Self.longest, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.text = text
    }

    private init(known text: String) {
        self.text = text
    }

    /// A short keyed hash in place of the id, so that the id itself is neither kept nor shown: 16 hexadecimal digits.
    public func hashed(key: String) -> RoomID {
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: Array(key.utf8)))
        return RoomID(known: code.hexadecimal(bytes: 8))
    }

    /// Whether the room is summed up with others and never named on its own.
    public var isReserved: Bool { self == .other || self == .empty }

    /// Equal bytes.
    public static func == (left: RoomID, right: RoomID) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// By bytes, the order in which the ledger keeps its rows.
    public static func < (left: RoomID, right: RoomID) -> Bool {
        left.text.precedesByBytes(right.text)
    }

    /// Hashes the text: ids with equal bytes are equal texts too.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

extension Sequence<UInt8> {
    fileprivate func hexadecimal(bytes count: Int) -> String {
        prefix(count).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
