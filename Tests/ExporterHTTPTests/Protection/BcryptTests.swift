import Testing
import TestSupport

@testable import ExporterHTTP

@Suite("bcrypt")
struct BcryptTests {
    /// Passwords and hashes as crypt_blowfish and the Python package publish them.
    static let published: [([UInt8], String)] = [
        (Array("U*U".utf8), "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        (Array("U*U*".utf8), "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
        (Array("U*U*U".utf8), "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
        (
            Array(
                "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored"
                    .utf8
            ),
            "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"
        ),
        ([0xff, 0xff, 0xa3], "$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e"),
        ([0xff, 0xff, 0xa3], "$2b$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e"),
        (Array("Kk4DQuMMfZL9o".utf8), "$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm"),
    ]

    @Test("Published passwords have their published hashes, and no other password has", arguments: published)
    func vectors(_ password: [UInt8], _ hash: String) throws {
        #expect(BcryptHash(hash) != nil)
        #expect(Bcrypt.hash(of: password, setting: hash).map { String(decoding: $0, as: UTF8.self) } == hash)
        let other = [password[0] ^ 1] + password.dropFirst()
        #expect(Bcrypt.hash(of: other, setting: hash).map { String(decoding: $0, as: UTF8.self) } != hash)
    }

    @Test("A new hash has the cost that was asked for, a salt of its own, and fits its password")
    func newHash() throws {
        var random = SeededGenerator(seed: 7)
        let password = Array("pässwörd".utf8)
        let texts = try (0..<3).map { _ in try #require(Bcrypt.newHash(of: password, cost: 4, random: &random)) }
        #expect(Set(texts).count == 3)
        for text in texts {
            #expect(text.hasPrefix("$2b$04$"))
            #expect(BcryptHash(text)?.cost == 4)
            #expect(Bcrypt.hash(of: password, setting: text) == Array(text.utf8))
        }
    }

    @Test("A password that the library does not take gives no hash, and no crash")
    func tooLong() throws {
        let hash = try #require(BcryptHash.dummy(cost: 4))
        #expect(Bcrypt.hash(of: [UInt8](repeating: 0x61, count: 511), setting: hash.text) != nil)
        #expect(Bcrypt.hash(of: [UInt8](repeating: 0x61, count: 512), setting: hash.text) == nil)
        #expect(Bcrypt.hash(of: [], setting: hash.text) != nil)
    }

    @Test(
        "Only a whole bcrypt hash is one",
        arguments: [
            "", "secret", "$2b$12$", "$1$abc$def", "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "$2b$32$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "$2b$+5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
            "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW",
            "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe=",
            "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOé",
        ]
    )
    func shape(_ text: String) {
        #expect(BcryptHash(text) == nil)
    }

    @Test("A dummy is a hash of each cost", arguments: BcryptHash.costs)
    func dummy(_ cost: Int) {
        #expect(BcryptHash.dummy(cost: cost)?.cost == cost)
    }
}
