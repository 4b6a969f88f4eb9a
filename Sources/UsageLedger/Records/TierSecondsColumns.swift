import GRDB
import Usage

extension TierSeconds {
    init(row: Row, prefix: String = "") throws {
        self.init()
        for (tier, column) in LedgerSchema.tierColumns { self[tier] = try row.number(prefix + column) }
    }

    /// Fills the columns of the seven tiers.
    func encode(to container: inout PersistenceContainer, prefix: String = "") {
        for (tier, column) in LedgerSchema.tierColumns { container[prefix + column] = self[tier] }
    }
}
