import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// How the process runs and ends.
enum Lifecycle {
    /// Runs services until one fails or a signal asks for the end, which then takes a few seconds at most.
    static func run(_ services: [any Service], logger: Logger) async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var configuration = ServiceGroupConfiguration(
            services: (services + [TimelyEnd()]).map { service in
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: service,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .cancelGroup
                )
            },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet
        )
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            // The graceful end took too long and was cut short: an end all the same.
        }
    }
}

/// Ends the process when an orderly end takes too long: decoding or recording a very large answer cannot be cut short, and
/// whoever asked for the end kills what is still there after some seconds. The ledger stands that, so nothing is lost.
private struct TimelyEnd: Service {
    private static let patience = 4.0

    func run() async throws {
        try? await gracefulShutdown()
        guard !Task.isCancelled else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { _exit(0) }
    }
}

/// A service that can only be made once others run.
struct LateService: Service {
    let make: @Sendable () async throws -> Exporter

    func run() async throws {
        try await make().run()
    }
}
