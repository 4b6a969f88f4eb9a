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
            services: services.map { service in
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

/// A service that can only be made once others run.
struct LateService: Service {
    let make: @Sendable () async throws -> Exporter

    func run() async throws {
        try await make().run()
    }
}
