import CCrypt

/// bcrypt as the system's library has it. Slow by design: nothing here may run on an event loop.
public enum Bcrypt {
    /// bcrypt looks at no more bytes of a password.
    public static let longestPassword = 72

    /// Hashes a password with a salt of its own.
    ///
    /// - Parameters:
    ///   - password: As bytes, without a NUL.
    ///   - cost: One of ``BcryptHash/costs``.
    ///   - random: Where the salt comes from.
    /// - Returns: The hash as text, `$2b$...`; `nil` when the library refuses, as for a cost that it does not know.
    public static func newHash(
        of password: [UInt8],
        cost: Int,
        random: inout some RandomNumberGenerator
    ) -> String? {
        let salt = (0..<16).map { _ in CChar.random(in: .min ... .max, using: &random) }
        var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let made = unsafe crypt_gensalt_rn("$2b$", UInt(cost), salt, Int32(salt.count), &setting, Int32(setting.count))
        guard unsafe made != nil else { return nil }
        let text = String(decoding: setting.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return hash(of: password, setting: text).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Hashes a password.
    ///
    /// - Parameters:
    ///   - password: As bytes; what follows a NUL or the 72nd byte does not count.
    ///   - setting: A salt, or a whole hash that begins with it.
    /// - Returns: The whole hash; `nil` when the library refuses, as for passwords of 512 bytes and more.
    @Sendable
    static func hash(of password: [UInt8], setting: String) -> [UInt8]? {
        let phrase = password.map(CChar.init(bitPattern:)) + [0]
        return unsafe withUnsafeTemporaryAllocation(byteCount: MemoryLayout<crypt_data>.size, alignment: 16) { data in
            unsafe data.initializeMemory(as: UInt8.self, repeating: 0)
            guard let text = unsafe crypt_rn(phrase, setting, data.baseAddress, Int32(data.count)) else { return nil }
            return unsafe Array(String(cString: text).utf8)
        }
    }
}
