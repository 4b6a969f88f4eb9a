/// A password's bcrypt hash, as it stands in a web configuration file: `$2b$12$`, 22 characters of salt and 31 of hash.
public struct BcryptHash: Hashable, Sendable {
    /// The costs that bcrypt knows: each one doubles the work.
    public static let costs = 4...31

    /// The whole text.
    let text: String
    /// The work is two to the power of it.
    public let cost: Int

    /// Reads a hash; `nil` when the text is none of `$2a$`, `$2b$` or `$2y$`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 60, ["$2a$", "$2b$", "$2y$"].contains(String(text.prefix(4))),
            bytes[6] == UInt8(ascii: "$"), bytes[4...5].allSatisfy({ (0x30...0x39).contains($0) }),
            let cost = Int(String(decoding: bytes[4...5], as: UTF8.self)), Self.costs.contains(cost),
            bytes[7...].allSatisfy(Self.isDigit)
        else { return nil }
        self.text = text
        self.cost = cost
    }

    /// One that takes as much work as any of its cost and that no password is known to have.
    static func dummy(cost: Int) -> BcryptHash? {
        let digits = cost < 10 ? "0\(cost)" : "\(cost)"
        return BcryptHash("$2b$\(digits)$\(String(repeating: "J", count: 21))u\(String(repeating: "J", count: 31))")
    }

    /// What was made of password and salt, without the salt: its last bits may be written in several ways.
    var digest: [UInt8] { Array(text.utf8.suffix(31)) }

    /// Of bcrypt's own base 64.
    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2e...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: false
        }
    }
}
