import Usage

/// What changes on its own on the page.
enum PagePart: Hashable, Comparable, Sendable {
    /// The exporter itself.
    case exporter
    /// The calls of all budgets and lists.
    case calls
    /// What an app used.
    case usage(AppKey)
    /// How an app is polled.
    case polling(AppKey)
}
