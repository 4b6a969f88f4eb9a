import Logging

/// Says which wishes the limits do not allow, once for each answer.
struct FitWarning {
    private var told: Set<String> = []

    /// Tells what does not fit now and was not told before in the same words.
    mutating func tell(of plan: CallPlan, _ logger: Logger) {
        let warnings = plan.warnings()
        for warning in warnings where !told.contains(warning.text) {
            logger.warning("\(warning.sentence)", metadata: warning.metadata)
        }
        told = Set(warnings.map(\.text))
    }
}

extension CallPlan.Warning {
    /// All of it, to tell whether it says something new.
    fileprivate var text: String { "\(sentence) \(metadata.sorted { $0.key < $1.key })" }
}
