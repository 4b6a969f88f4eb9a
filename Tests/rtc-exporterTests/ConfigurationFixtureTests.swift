import Foundation
import Testing

@testable import rtc_exporter
import UsageProviders

@Suite("The files beside the tests")
struct ConfigurationFixtureTests {
    @Test("A good file is accepted", arguments: Fixture.names(".ok.yml"))
    func accepted(_ name: String) throws {
        let surroundings = ConfigurationSurroundings.sample(files: ["/etc/rtc/secrets/token": Array("t0ken".utf8)])
        let configuration = try parse(Fixture.text(name), surroundings: surroundings)
        #expect(!configuration.accounts.isEmpty)
    }

    @Test("A bad file gives exactly the messages that its first lines announce", arguments: Fixture.names(".bad.yml"))
    func refused(_ name: String) throws {
        let text = try Fixture.text(name)
        let found = messages(text)
        let expected = text.split(separator: "\n").filter { $0.hasPrefix("# expect: ") }.map(Expectation.init)
        #expect(found.count == expected.count, "\(found.joined(separator: "\n"))")
        for (message, expectation) in zip(found, expected) {
            #expect(message.hasPrefix(expectation.beginning), "\(message)")
            #expect(message.contains(expectation.part), "\(message)")
        }
        for secret in SampleSecret.all {
            #expect(!found.contains { $0.contains(secret) })
        }
    }

    /// `# expect: LINE: KEY: PART`; the key is `-` where the message has none.
    private struct Expectation {
        let beginning: String
        let part: String

        init(_ comment: Substring) {
            let parts = comment.dropFirst("# expect: ".count).split(separator: ": ", maxSplits: 2)
            beginning = "f.yml:\(parts[0]): " + (parts[1] == "-" ? "" : "\(parts[1]): ")
            part = String(parts[2])
        }
    }

    @Test("The design's example gives the values that it shows")
    func design() throws {
        let configuration = try parse(Fixture.text("design.ok.yml"))
        #expect(configuration.ledger.path == "/etc/rtc/rtc-exporter.sqlite")
        #expect(configuration.ledger.retention == .days(400))
        #expect(configuration.ledger.roomsRetention == .days(40))
        #expect(configuration.seriesLimit == 100_000)
        #expect(configuration.poll == .init(interval: .minutes(5), history: .days(30), timeout: .seconds(30)))
        #expect(configuration.rooms == .init(limit: 100, hashKey: Secret(SampleSecret.rooms)))
        #expect(configuration.warnings.isEmpty)
        let account = try #require(configuration.accounts.first)
        #expect(
            account
                == .init(
                    name: "classroom-prod",
                    provider: "tencent",
                    endpoint: "https://trtc.tencentcloudapi.com",
                    details: ["region": "ap-guangzhou"],
                    credentials: ["secret_id": Secret(SampleSecret.id), "secret_key": Secret(SampleSecret.key)],
                    secretOrigins: account.secretOrigins,
                    sources: ["room_usage"],
                    apps: [.init(id: "1400017192", name: "Classroom", sources: ["room_usage"])],
                    sourceSettings: ["room_usage": .tencentRooms]
                )
        )
        #expect(
            account.secretOrigins.mapValues(\.key) == [
                "secret_id": "accounts[0].credentials.secret_id.env",
                "secret_key": "accounts[0].credentials.secret_key.file",
            ]
        )
    }

    @Test("A file with only the required keys gets the same values from the defaults")
    func defaults() throws {
        let full = try parse(Fixture.text("design.ok.yml"))
        let minimal = try parse(Fixture.text("minimal.ok.yml"))
        #expect(minimal.ledger == full.ledger)
        #expect(minimal.seriesLimit == full.seriesLimit)
        #expect(minimal.poll == full.poll)
        #expect(minimal.rooms == .init(limit: 100, hashKey: nil))
        #expect(minimal.accounts[0].endpoint == full.accounts[0].endpoint)
        #expect(minimal.accounts[0].details == ["region": "ap-guangzhou"])
        #expect(minimal.accounts[0].sources == ["room_usage"])
        #expect(minimal.accounts[0].apps == [.init(id: "1400017192", name: nil, sources: ["room_usage"])])
        #expect(minimal.accounts[0].sourceSettings == full.accounts[0].sourceSettings)
        #expect(minimal.accounts[0].credentials["secret_key"] == Secret(SampleSecret.inFile))
    }

    @Test("Quotes, block and flow style, tags of YAML, anchors and aliases are a matter of taste")
    func styles() throws {
        let surroundings = ConfigurationSurroundings.sample(files: ["/etc/rtc/secrets/token": Array("t0ken".utf8)])
        let configuration = try parse(Fixture.text("every-key-in-other-words.ok.yml"), surroundings: surroundings)
        #expect(configuration.ledger.path == "/var/lib/rtc/ledger.sqlite")
        #expect(configuration.ledger.roomsRetention == .hours(36))
        #expect(configuration.seriesLimit == 5_000)
        #expect(configuration.poll == .init(interval: .seconds(90), history: .zero, timeout: .milliseconds(500)))
        #expect(configuration.rooms.limit == 0)
        let (first, second) = (configuration.accounts[0], configuration.accounts[1])
        #expect(first.name == "null")
        #expect(first.endpoint == "http://[::1]:9000")
        #expect(first.apps.map(\.id) == ["007", "8"])
        #expect(first.apps.map(\.name) == [nil, "Two words"])
        #expect(first.credentials["token"] == Secret("t0ken"))
        #expect(
            first.sourceSettings["room_usage"]
                == .init(
                    minimumSpacing: .seconds(20),
                    zoneOffsetSeconds: -19_800,
                    settledAfter: .days(1),
                    lag: .minutes(5)
                )
        )
        #expect(second.credentials == first.credentials)
        #expect(second.endpoint == "https://rtc.example.com:8443")
        #expect(second.sourceSettings["room_usage"] == .tencentRooms)
        #expect(configuration.warnings.isEmpty)
    }

    @Test("Ids are the text as written")
    func ids() throws {
        let configuration = try parse(Fixture.text("ids-as-written.ok.yml"))
        #expect(configuration.accounts[0].name == "007")
        #expect(
            configuration.accounts[0].apps.map(\.id) == [
                "661e12", "007", "7", "0x10", "0x11", "0o17", "1_000", "1.50", "12:30:45", "true", ".inf",
                "661e000000000000000543cf", "5fa682b34a974f7ad24d223b", "2026-11-21",
            ]
        )
        #expect(configuration.accounts[0].sources == ["daily_usage"])
        #expect(Set(configuration.accounts[0].sourceSettings.keys) == ["daily_usage", "old_usage"])
        #expect(configuration.accounts[0].details.isEmpty)
    }
}

@Suite("Accounts of providers that differ")
struct AccountFormTests {
    private func account(_ credentials: String, apps: String = "[{ id: 5fa6 }]", more: String = "") throws
        -> ExporterConfiguration.Account
    {
        let text = """
            accounts:
              - name: meetings
                provider: listing
                project_id: 0123abcd
                credentials: \(credentials)
                apps: \(apps)
                \(more)

            """
        return try parse(text).accounts[0]
    }

    private let key = "{ access_key: { env: TENCENT_SECRET_ID }, secret_key: { file: /run/secrets/tencent } }"

    @Test("A key of its own, and what an account has besides")
    func key_() throws {
        let account = try account(key)
        #expect(account.details == ["project_id": "0123abcd"])
        #expect(Set(account.credentials.keys) == ["access_key", "secret_key"])
        #expect(account.selection == nil)
    }

    @Test("A user with a password, whose names are no secrets")
    func user() throws {
        let account = try account(
            "{ iam_endpoint: https://iam.example.com, domain: 我的域, user: Bob B, password: { env: ACME_KEY }, project: p }"
        )
        #expect(
            account.details == [
                "project_id": "0123abcd", "iam_endpoint": "https://iam.example.com", "domain": "我的域", "user": "Bob B",
                "project": "p",
            ]
        )
        #expect(account.credentials == ["password": Secret("acme")])
    }

    @Test("Apps of the provider's list, chosen by patterns")
    func discovery() throws {
        let all = try account(key, apps: "{ discover: true }")
        #expect(all.apps.isEmpty)
        #expect(all.selection == AppSelection(include: [], exclude: []))
        let some = try account(key, apps: "{ discover: true, include: [\"class*\", 5fa6], exclude: [\"*-test\"] }")
        #expect(some.selection?.include.map(\.text) == ["class*", "5fa6"])
        #expect(some.selection?.exclude.map(\.text) == ["*-test"])
    }

    @Test("Authorities are read from a file, and a file without certificates is refused")
    func authorities() throws {
        #expect(throws: ConfigurationErrors.self) { try account(key, more: "ca_file: /run/secrets/tencent") }
        #expect(throws: ConfigurationErrors.self) { try account(key, more: "ca_file: /nowhere.pem") }
    }
}

extension ExporterConfiguration.SourceSettings {
    fileprivate static let tencentRooms = Self(
        minimumSpacing: .seconds(15),
        zoneOffsetSeconds: 28_800,
        settledAfter: .hours(10),
        lag: .zero
    )
}
