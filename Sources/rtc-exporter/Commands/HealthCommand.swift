import ArgumentParser
import ExporterHTTP

/// Asks a running exporter whether it serves: for containers, which have no other program for that.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract:
            "Ask a running exporter's /-/healthy, by the flags that it was started with: 0 when it serves, else 1."
    )

    @OptionGroup var web: WebFlags

    func validate() throws {
        guard web.addresses[0].port > 0 else {
            throw ValidationError("--web.listen-address has to name the port here.")
        }
    }

    func run() async throws {
        let check = HealthCheck(address: web.addresses[0], routePrefix: web.options.routePrefix)
        print(try await check.run())
    }
}
