import ArgumentParser
import Logging

/// The flags of logging, the same for all commands that run on.
struct LogFlags: ParsableArguments {
    @Option(name: .customLong("log.level"), help: "Least severe level that is logged: debug, info, warn or error.")
    var level = LogSeverity.info

    @Option(name: .customLong("log.format"), help: "Form of the lines on standard error: logfmt or json.")
    var format = LogFormat.logfmt

    /// Sets up logging for the whole process.
    func bootstrap() {
        LoggingSystem.bootstrap(LogOutput(format: format, severity: level).handler, metadataProvider: nil)
    }
}

extension LogFormat: ExpressibleByArgument {}
extension LogSeverity: ExpressibleByArgument {}
