import Testing

@testable import rtc_exporter
import UsageProviders

@Suite("Secrets")
struct SecretTests {
    private static let text = SampleSecret.key

    /// Every way in which Swift turns a value into text without being told how.
    private func texts(of value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var texts = [
            "\(value)", String(describing: value), String(reflecting: value), dumped, "\(Optional(value) as Any)",
        ]
        texts += Mirror(reflecting: value).children.flatMap { ["\($0.value)", "\($0.label ?? "")"] }
        return texts
    }

    @Test("A secret shows as <secret> however it is printed, and gives its text on demand")
    func hidden() {
        let secret = Secret(Self.text)
        #expect(secret.description == "<secret>")
        #expect(secret.debugDescription == "<secret>")
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(texts(of: secret).allSatisfy { $0.contains("<secret>") && !$0.contains(Self.text) })
        #expect(secret.reveal() == Self.text)
    }

    @Test("No part of a configuration shows a secret")
    func hiddenInConfiguration() throws {
        let configuration = try parse(Fixture.text("design.ok.yml"))
        let inFile = try parse(Fixture.text("minimal.ok.yml"))
        var shown = texts(of: configuration) + texts(of: inFile)
        for account in configuration.accounts + inFile.accounts {
            shown += account.secretOrigins.values.flatMap { texts(of: $0) }
        }
        shown += configuration.accounts.flatMap { texts(of: $0) + texts(of: $0.credentials) }
        for secret in SampleSecret.all {
            #expect(!shown.contains { $0.contains(secret) })
        }
        #expect(shown.contains { $0.contains("<secret>") })
    }

    @Test("One line break or several at the end are no part of a secret", arguments: ["\n", "\r\n", "\n\n", ""])
    func trailingLineBreak(_ ending: String) throws {
        let reference = reference(.file("key"))
        let file = Array("a b\(ending)".utf8)
        let secret = try reference.load(from: ConfigurationSurroundings(environment: { _ in nil }) { _, _ in file })
        #expect(secret.reveal() == "a b")
    }

    @Test("A message about a secret holds nothing of it, wherever somebody put it", arguments: SampleSecret.all)
    func nothingInMessages(_ text: String) {
        let origins: [SecretReference.Origin] = [
            .environment(text), .file(text), .file("/etc/rtc/\(text)"), .value(Secret("\(text)\u{7}")),
            .value(Secret(" \(text)")), .value(Secret("\(text)é")),
        ]
        for origin in origins {
            let error = #expect(throws: ConfigurationMessage.self) {
                try reference(origin).load(
                    from: ConfigurationSurroundings(
                        environment: { _ in nil },
                        readFile: { (_, _) throws(FileReadProblem) in throw .missing }
                    )
                )
            }
            #expect(error?.description.hasPrefix("f.yml:7: rooms.hash.key: the ") == true)
            #expect(error?.description.contains(text) == false)
        }
    }

    @Test("Contents that are no secret are refused without a part of them")
    func refusedContents() {
        for content in ["", "\n", "a\nb", "a\u{0}", "caf\u{e9}", " a", "a "] {
            let error = #expect(throws: ConfigurationMessage.self) {
                try reference(.environment("KEY"))
                    .load(from: ConfigurationSurroundings(environment: { _ in content }) { _, _ in [] })
            }
            #expect(error?.sentence.hasPrefix("the environment variable `KEY` ") == true)
        }
    }

    @Test("A secret file above 64 KiB is refused")
    func largeFile() {
        let bytes = [UInt8](repeating: 0x61, count: SecretReference.fileLimit + 1)
        let surroundings = ConfigurationSurroundings.sample(files: ["/run/large": bytes])
        let error = #expect(throws: ConfigurationMessage.self) {
            try reference(.file("/run/large")).load(from: surroundings)
        }
        #expect(error?.sentence == "the file `/run/large` is larger than 64 KiB")
    }

    private func reference(_ origin: SecretReference.Origin) -> SecretReference {
        SecretReference(origin: origin, file: "f.yml", line: 7, column: 3, key: "rooms.hash.key")
    }
}
