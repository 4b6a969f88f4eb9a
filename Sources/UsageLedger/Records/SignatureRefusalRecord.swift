import GRDB
public import Usage

extension UsageLedger {
    /// How often in a row a provider refused what was signed with a key.
    public func signatureRefusals(of key: String) async throws -> SignatureRefusals {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT count, last_at FROM signature_refusal WHERE key = ?", arguments: [key])
                .map { SignatureRefusals(count: $0["count"], last: UnixTime(milliseconds: $0["last_at"])) } ?? .none
        }
    }

    /// Notes how often in a row a provider refused what was signed with a key.
    public func record(_ refusals: SignatureRefusals, of key: String) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO signature_refusal (key, count, last_at) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET count = excluded.count, last_at = excluded.last_at
                    """,
                arguments: [key, refusals.count, refusals.last.milliseconds]
            )
        }
    }
}
