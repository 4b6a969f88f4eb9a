import Foundation
import NIOHTTP1
import Testing
import TestSupport

@testable import ExporterHTTP

@Suite("User and password in a request")
struct BasicCredentialsTests {
    private func read(_ value: String) -> String? {
        BasicCredentials(value).map { String(decoding: $0.user + Array("|".utf8) + $0.password, as: UTF8.self) }
    }

    private func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test(
        "The scheme's case and spaces before the rest are a matter of taste",
        arguments: [
            "Basic", "basic", "BASIC", "bAsIc ", "Basic   ",
        ]
    )
    func scheme(_ scheme: String) {
        #expect(read("\(scheme) \(encoded("alice:secret"))") == "alice|secret")
    }

    @Test("Only the first colon separates, and either side may be empty or in any script")
    func separation() {
        #expect(read("Basic \(encoded("alice:a:b:c"))") == "alice|a:b:c")
        #expect(read("Basic \(encoded(":secret"))") == "|secret")
        #expect(read("Basic \(encoded("alice:"))") == "alice|")
        #expect(read("Basic \(encoded(":"))") == "|")
        #expect(read("Basic \(encoded("zoë:пароль"))") == "zoë|пароль")
    }

    @Test("The example of RFC 7617 is read")
    func example() {
        #expect(read("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==") == "Aladdin|open sesame")
        #expect(read("Basic dGVzdDoxMjPCow==") == "test|123£")
    }

    @Test(
        "What is not that is nobody's",
        arguments: [
            "", " ", "Basic", "Basic ", "Bearer YWxpY2U6c2VjcmV0", "BasicYWxpY2U6c2VjcmV0", "Basic YWxpY2U6c2VjcmV0 x",
            "Basic YWxpY2U6c2VjcmV", "Basic *", "Basic ====", "Basic YWxpY2U=",
            "Digest username=\"alice\"", "Basic\tYWxpY2U6c2VjcmV0", "Basic YWxpY2U6\u{0}c2VjcmV0",
            "Basic YWxpY2U6c2VjcmV0\n",
        ]
    )
    func refused(_ value: String) {
        #expect(BasicCredentials(value) == nil)
    }

    @Test("A control character is in no name and no password", arguments: ["\u{0}", "\n", "\r", "\t", "\u{7f}"])
    func controls(_ control: String) {
        #expect(BasicCredentials("Basic \(encoded("al\(control)ice:secret"))") == nil)
        #expect(BasicCredentials("Basic \(encoded("alice:sec\(control)ret"))") == nil)
        #expect(BasicCredentials("Basic \(encoded("alice:secret\(control)"))") == nil)
    }

    @Test("Several headers, and one that is too long, are nobody's")
    func headers() {
        let right = "Basic \(encoded("alice:secret"))"
        #expect(BasicCredentials(HTTPHeaders([("authorization", right)])) != nil)
        #expect(BasicCredentials(HTTPHeaders([("authorization", right), ("Authorization", right)])) == nil)
        #expect(BasicCredentials(HTTPHeaders()) == nil)
        #expect(BasicCredentials("Basic \(encoded("a:" + String(repeating: "b", count: 1_400)))") != nil)
        #expect(BasicCredentials("Basic \(encoded("a:" + String(repeating: "b", count: 1_600)))") == nil)
    }

    @Test("Random bytes are read or not, and never more", arguments: 1...4)
    func random(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let value = "Basic " + Data(bytes).base64EncodedString()
            let isReadable = bytes.contains(0x3a) && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            #expect((BasicCredentials(value) != nil) == isReadable)
            _ = BasicCredentials(String(decoding: bytes, as: UTF8.self))
        }
    }
}
