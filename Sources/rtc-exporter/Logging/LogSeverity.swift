import Logging

/// The four levels that users know: `--log.level`, and what a line shows for swift-log's seven.
enum LogSeverity: String, CaseIterable, Sendable {
    case debug, info, warn, error

    /// What a line of this level shows.
    init(_ level: Logger.Level) {
        self =
            switch level {
            case .trace, .debug: .debug
            case .info, .notice: .info
            case .warning: .warn
            case .error, .critical: .error
            }
    }

    /// The level from which on a logger writes. Libraries' traces stay out even at `debug`.
    var threshold: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warn: .warning
        case .error: .error
        }
    }
}
