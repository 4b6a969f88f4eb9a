import Foundation
import Logging

/// Writes each event as one line, in the form and to the place that ``LogOutput`` says.
struct LineLogHandler: LogHandler {
    private let component: String
    private let output: LogOutput

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, output: LogOutput, metadataProvider: Logger.MetadataProvider? = nil) {
        component = label
        self.output = output
        logLevel = output.severity.threshold
        self.metadataProvider = metadataProvider
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let entry = LogEntry(
            time: output.now(),
            severity: LogSeverity(event.level),
            message: event.message.description,
            component: component,
            metadata: allMetadata(event)
        )
        output.write(output.format.line(entry) + "\n")
    }

    /// The nearer to the call, the stronger: first the logger's, then the provider's, then the event's own.
    private func allMetadata(_ event: LogEvent) -> Logger.Metadata {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error {
            all["error.message"] = "\(error)"
            all["error.type"] = "\(String(reflecting: type(of: error)))"
        }
        return all
    }
}

/// What all handlers of a process share.
struct LogOutput: Sendable {
    let format: LogFormat
    let severity: LogSeverity
    /// The wall clock.
    var now: @Sendable () -> LogTime = { LogTime(Date()) }
    /// Takes a whole line with its line break, from any thread.
    var write: @Sendable (String) -> Void = { LineWriter.standardError.write($0) }

    /// For `LoggingSystem.bootstrap(_:metadataProvider:)`.
    @Sendable
    func handler(label: String, metadataProvider: Logger.MetadataProvider?) -> any LogHandler {
        LineLogHandler(label: label, output: self, metadataProvider: metadataProvider)
    }
}
