import Foundation
import NIOHTTP1

/// User and password as a request has them (RFC 7617), in bytes: text in UTF-8 is told from other text by nothing but its bytes.
struct BasicCredentials: Hashable, Sendable {
    let user: [UInt8]
    let password: [UInt8]

    /// Longer ones are nobody's: the password alone fits seven times over.
    private static let longestHeader = 2_048

    init(user: [UInt8], password: [UInt8]) {
        self.user = user
        self.password = password
    }

    /// `nil` when there are none, several, or some that cannot be read.
    init?(_ headers: HTTPHeaders) {
        let values = headers["Authorization"]
        guard values.count == 1 else { return nil }
        self.init(values[0])
    }

    /// Reads the header's value.
    init?(_ value: String) {
        guard value.utf8.count <= Self.longestHeader else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "basic",
            let bytes = Data(base64Encoded: String(parts[1].drop { $0 == " " })).map(Array.init)
        else { return nil }
        // Only the first colon separates. Control characters are in no name and no password; a NUL would end it early.
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            return nil
        }
        self.init(user: Array(bytes[..<colon]), password: Array(bytes[(colon + 1)...]))
    }
}
