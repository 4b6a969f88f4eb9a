import GRDB
import Testing
import Usage
import UsageLedger

@Suite("The apps that a provider lists")
struct ListedAppTests {
    private let provider = Provider(rawValue: "example")
    private let time = UnixTime(seconds: 1_700_000_000)

    private func apps(_ ids: String...) -> [ListedApp] { ids.map { ListedApp(id: $0, name: "App \($0)") } }

    @Test("They are known after a restart, by account, with their newest names")
    func kept() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                try await ledger.record(apps("a", "b"), listedBy: provider, account: "main", at: time)
                try await ledger.record(apps("c"), listedBy: provider, account: "other", at: time)
                let renamed = [
                    ListedApp(id: "a", name: "Ärzte, \"x\" '; DROP TABLE day; --"), ListedApp(id: "b", name: ""),
                ]
                try await ledger.record(renamed, listedBy: provider, account: "main", at: time + .seconds(60))
            }
            try await file.open { ledger in
                let known = try await ledger.listedApps(of: provider, account: "main")
                #expect(known.map(\.id) == ["a", "b"])
                #expect(known.map(\.name) == ["Ärzte, \"x\" '; DROP TABLE day; --", ""])
                #expect(try await ledger.listedApps(of: provider, account: "other") == apps("c"))
                #expect(try await ledger.listedApps(of: Provider(rawValue: "no"), account: "main").isEmpty)
            }
        }
    }

    @Test("A list that cannot be written is told in a sentence that names the file")
    func unwritable() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                try file.meddle { try $0.execute(sql: "DROP TABLE listed_app") }
                let error = await #expect(throws: LedgerError.self) {
                    try await ledger.record(apps("a"), listedBy: provider, account: "main", at: time)
                }
                #expect(error?.description.hasPrefix("The ledger \(file.path) cannot be written: ") == true)
            }
        }
    }

    @Test("One that vanishes from the list stays for a day, and is back at once when it is listed again")
    func vanished() async throws {
        let steps: [(hours: Double, listed: [ListedApp], known: [String])] = [
            (0, apps("a", "b"), ["a", "b"]), (1, apps("b"), ["a", "b"]), (23.99, apps("b"), ["a", "b"]),
            (24, apps("b"), ["b"]), (25, apps("a", "b"), ["a", "b"]), (26, [], ["a", "b"]),
        ]
        try await withLedger { ledger in
            for step in steps {
                let now = time + .milliseconds(Int(step.hours * 3_600_000))
                try await ledger.record(step.listed, listedBy: provider, account: "main", at: now)
                #expect(try await ledger.listedApps(of: provider, account: "main").map(\.id) == step.known)
            }
        }
    }
}

@Suite("Refused signatures")
struct SignatureRefusalTests {
    @Test("Their count outlives the process, by key")
    func durable() async throws {
        let refusals = SignatureRefusals(count: 2, last: UnixTime(milliseconds: 1_700_000_000_123))
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                #expect(try await ledger.signatureRefusals(of: "one") == .none)
                try await ledger.record(SignatureRefusals(count: 1, last: refusals.last), of: "one")
                try await ledger.record(refusals, of: "one")
            }
            try await file.open { ledger in
                #expect(try await ledger.signatureRefusals(of: "one") == refusals)
                #expect(try await ledger.signatureRefusals(of: "two") == .none)
                try await ledger.record(.none, of: "one")
                #expect(try await ledger.signatureRefusals(of: "one") == .none)
            }
        }
    }
}
