import GRDB
public import Usage

extension UsageLedger {
    /// The apps that a provider's list had within a day of its newest edition, by id.
    ///
    /// - Parameters:
    ///   - provider: Whose list it is.
    ///   - account: The account's name in the configuration.
    /// - Returns: The apps with their newest names.
    /// - Throws: ``LedgerError`` when the ledger cannot be read.
    public func listedApps(of provider: Provider, account: String) async throws -> [ListedApp] {
        try await read { try $0.listedApps(of: provider, account: account) }
    }

    /// Notes a whole list. An app that is missing from it stays for a day after it was listed last: lists have gaps too.
    ///
    /// - Throws: ``LedgerError`` when the ledger cannot be written.
    public func record(_ apps: [ListedApp], listedBy provider: Provider, account: String, at time: UnixTime)
        async throws
    {
        try await write { db in
            for app in apps {
                try db.execute(
                    sql: """
                        INSERT INTO listed_app (provider, account, app, name, listed_at) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT DO UPDATE SET name = excluded.name, listed_at = excluded.listed_at
                        """,
                    arguments: [provider.rawValue, account, app.id, app.name, time.milliseconds]
                )
            }
            try db.execute(
                sql: "DELETE FROM listed_app WHERE provider = ? AND account = ? AND listed_at <= ?",
                arguments: [provider.rawValue, account, (time - Self.stay).milliseconds]
            )
        }
    }

    /// How long an app stays that the list no longer has.
    private static let stay = Duration.seconds(86_400)
}

extension Database {
    /// The apps that are known of a provider's list, by id.
    func listedApps(of provider: Provider, account: String) throws -> [ListedApp] {
        try Row.fetchAll(
            self,
            sql: "SELECT app, name FROM listed_app WHERE provider = ? AND account = ? ORDER BY app",
            arguments: [provider.rawValue, account]
        )
        .map { ListedApp(id: $0["app"], name: $0["name"]) }
    }
}
