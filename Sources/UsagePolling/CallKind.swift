/// What calls are for, most urgent first.
public enum CallKind: String, CaseIterable, Sendable {
    /// The running day of apps that are in use.
    case current
    /// Days that are over and may still change.
    case closed
    /// The running day of apps that are not in use.
    case idle
    /// Days that have been final for long and are missing, or are read once more.
    case history
}
