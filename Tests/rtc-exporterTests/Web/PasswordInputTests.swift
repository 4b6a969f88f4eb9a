import Foundation
import Testing

@testable import rtc_exporter

@Suite("A password on standard input")
struct PasswordInputTests {
    private func read(_ bytes: [UInt8]) throws -> [UInt8] {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: bytes)
        try pipe.fileHandleForWriting.close()
        let input = PasswordInput(descriptor: pipe.fileHandleForReading.fileDescriptor, prompt: { _ in })
        return try withExtendedLifetime(pipe) { try input.read() }
    }

    @Test(
        "One line is the password, with or without its end and a byte order mark",
        arguments: ["secret", "secret\n", "secret\r\n", "\u{feff}secret\r\n"]
    )
    func line(_ text: String) throws {
        #expect(try read(Array(text.utf8)) == Array("secret".utf8))
    }

    @Test("Spaces and other scripts belong to it")
    func scripts() throws {
        #expect(try read(Array("  pass wörd 密码 \n".utf8)) == Array("  pass wörd 密码 ".utf8))
    }

    @Test("Up to 72 bytes are taken")
    func longest() throws {
        #expect(try read([UInt8](repeating: 0x61, count: 72)).count == 72)
    }

    static let wrong: [([UInt8], PasswordInput.Problem)] = [
        ([], .empty), (Array("\n".utf8), .empty), ([UInt8](repeating: 0x61, count: 73), .tooLong),
        (Array(String(repeating: "ö", count: 37).utf8), .tooLong), ([UInt8](repeating: 0x61, count: 20_000), .tooLong),
        (Array("one\ntwo\n".utf8), .moreLines), (Array("a\tb".utf8), .controlCharacter),
        ([0x61, 0x00], .controlCharacter),
        ([0xff, 0xfe], .notUTF8),
    ]

    @Test("What bcrypt or a browser would change is refused, in words that hold nothing of it", arguments: wrong)
    func refused(_ bytes: [UInt8], _ problem: PasswordInput.Problem) {
        #expect(throws: problem) { try read(bytes) }
    }
}
