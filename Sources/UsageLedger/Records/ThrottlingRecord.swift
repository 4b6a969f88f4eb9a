import GRDB
public import Usage

extension UsageLedger {
    /// How far a provider has made us slow down with a budget; `nil` when it never did.
    public func throttling(of budget: String) async throws -> Throttling? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT fraction, paused_until, noted_at FROM throttled_budget WHERE budget = ?",
                arguments: [budget]
            )
            .map { row in
                Throttling(
                    fraction: row["fraction"],
                    pausedUntil: (row["paused_until"] as Int?).map { UnixTime(milliseconds: $0) },
                    notedAt: UnixTime(milliseconds: row["noted_at"])
                )
            }
        }
    }

    /// Notes how far a provider has made us slow down with a budget.
    public func record(_ throttling: Throttling, of budget: String) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO throttled_budget (budget, fraction, paused_until, noted_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET fraction = excluded.fraction, paused_until = excluded.paused_until,
                    noted_at = excluded.noted_at
                    """,
                arguments: [
                    budget, throttling.fraction, throttling.pausedUntil?.milliseconds, throttling.notedAt.milliseconds,
                ]
            )
        }
    }
}
