import ArgumentParser
import Foundation

/// The command line. Without a command it serves.
@main
struct RTCExporter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rtc-exporter",
        abstract: "A Prometheus exporter for the usage of real-time-communication clouds.",
        version: Version.line,
        subcommands: [
            ServeCommand.self, DemoCommand.self, CheckCommand.self, PlanCommand.self, ExportCommand.self,
            SimulateCommand.self, HealthCommand.self, HashPasswordCommand.self,
        ],
        defaultSubcommand: ServeCommand.self
    )

    /// Exit codes are 0 and, for bad input of any kind, 1: the parser's own 64 is unknown in this field.
    static func main() async {
        // A reader of our output or a client that goes away is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        if exitCode(for: error).isSuccess {
            print(fullMessage(for: error))
            Foundation.exit(0)
        }
        // Who throws one has told all there is to tell.
        if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
        let isUsage = error is ValidationError || "\(type(of: error))" == "CommandError"
        let text = isUsage ? fullMessage(for: error) : "rtc-exporter: \(error)"
        LineWriter.standardError.write(text + "\n")
        Foundation.exit(1)
    }
}
