import Testing

@testable import rtc_exporter

@Suite("Loading without secrets")
struct SecretlessLoadingTests {
    private static var surroundings: ConfigurationSurroundings {
        var surroundings = ConfigurationSurroundings.sample()
        surroundings.hasSecrets = false
        return surroundings
    }

    private static let text = """
        rooms: { hash: { key: { file: none } } }
        accounts:
          - { name: a, provider: acme, region: north-1, credentials: { access_key: { env: NONE } }, apps: [{ id: 1 }] }
          - { name: b, provider: acme, region: north-1, credentials: { access_key: { env: NONE } }, apps: [{ id: 2 }] }
        """

    @Test("Secrets that cannot be fetched are no mistake then, and nobody is warned that two are the same")
    func missing() throws {
        #expect(!messages(Self.text).isEmpty)
        let configuration = try parse(Self.text, surroundings: Self.surroundings)
        #expect(configuration.accounts.flatMap(\.apps).map(\.id) == ["1", "2"])
        #expect(configuration.warnings.isEmpty)
    }

    @Test("A reference that nobody could follow still is one")
    func malformed() {
        let text = Self.text.replacing("{ env: NONE }", with: "plain")
        #expect(messages(text, surroundings: Self.surroundings).count == 2)
    }
}
