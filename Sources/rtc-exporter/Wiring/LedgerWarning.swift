import Logging
import UsageLedger

/// Tells when the ledger ceases to take readings, and when it takes them again.
struct LedgerWarning {
    private var told: String?

    mutating func tell(of condition: StoreCondition, _ logger: Logger) {
        guard condition.writeProblem != told else { return }
        told = condition.writeProblem
        if let told {
            logger.error("\(told)")
        } else {
            logger.notice("The ledger can be written again.")
        }
    }
}

extension StoreCondition {
    /// Why readings are not recorded, and what becomes of them, for a person; `nil` when they are.
    var writeProblem: String? {
        problem.map { problem in
            heldApps > 0
                ? "\(problem) Readings are held in memory until it can be written."
                : "\(problem) Readings are asked for again until it can be written."
        }
    }
}
