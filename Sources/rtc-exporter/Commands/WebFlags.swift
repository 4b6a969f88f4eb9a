public import ArgumentParser
public import ExporterHTTP
import Foundation

/// The flags of the HTTP edge.
struct WebFlags: ParsableArguments {
    @Option(
        name: .customLong("web.listen-address"),
        help: "Address to listen on, host:port or :port; may be given several times."
    )
    var listenAddresses: [ListenAddress] = []

    @Flag(
        name: .customLong("web.systemd-socket"),
        help: "Listen on the sockets that systemd passes, in place of any address."
    )
    var usesSystemdSockets = false

    @Option(name: .customLong("web.telemetry-path"), help: "Path of the metrics.")
    var telemetryPath = "/metrics"

    @Option(
        name: .customLong("web.config.file"),
        help: "File with TLS, users and rate limit of the exporter's own HTTP; read again when it changes."
    )
    var configurationFile: String?

    @Option(name: .customLong("web.max-requests"), help: "Scrapes that are answered at once; 0 for any number.")
    var maxRequests = 40

    @Flag(name: .customLong("web.enable-lifecycle"), help: "Allow reloading the configuration by POST /-/reload.")
    var enablesLifecycle = false

    @Option(name: .customLong("web.external-url"), help: "Where a browser reaches the exporter, behind a proxy.")
    var externalURL: String?

    @Option(
        name: .customLong("web.route-prefix"),
        help: "What all paths begin with; by default the path of the external URL."
    )
    var routePrefix: String?

    /// A port that no other exporter of the public list has.
    private static let ownPort = ListenAddress(host: "", port: 10_087)

    /// The addresses, by default the exporter's own port on all interfaces.
    var addresses: [ListenAddress] {
        listenAddresses.isEmpty ? [Self.ownPort] : listenAddresses
    }

    /// Where connections come from.
    ///
    /// - Throws: Why there are no sockets from systemd, as a sentence.
    func listeners() throws -> [Listener] {
        guard usesSystemdSockets else { return addresses.map { .address($0) } }
        return try InheritedSockets.listeners(environment: ProcessInfo.processInfo.environment, process: getpid())
    }

    var options: WebOptions {
        let externalPath = externalURL.flatMap { URLComponents(string: $0)?.path } ?? ""
        return WebOptions(
            telemetryPath: telemetryPath,
            routePrefix: Self.trimmed(routePrefix ?? externalPath),
            externalPath: Self.trimmed(externalURL == nil ? routePrefix ?? "" : externalPath),
            maxRequests: maxRequests,
            enablesLifecycle: enablesLifecycle
        )
    }

    func validate() throws {
        guard Set(listenAddresses.filter { $0.port > 0 }).count == listenAddresses.count(where: { $0.port > 0 }) else {
            throw ValidationError("--web.listen-address has the same address twice.")
        }
        guard Self.isPath(telemetryPath), !telemetryPath.hasPrefix("/-/"), !telemetryPath.hasPrefix("/api/") else {
            throw ValidationError("--web.telemetry-path has to be a path such as /metrics.")
        }
        guard options.routePrefix.isEmpty || Self.isPath(options.routePrefix) else {
            throw ValidationError(
                "--web.route-prefix has to be a path such as /rtc, and so has the path of --web.external-url."
            )
        }
        guard maxRequests >= 0 else { throw ValidationError("--web.max-requests has to be 0 or more.") }
        if let externalURL {
            guard let components = URLComponents(string: externalURL),
                ["http", "https"].contains(components.scheme ?? ""),
                components.host != nil
            else { throw ValidationError("--web.external-url has to be a URL such as https://example.com/rtc.") }
        }
    }

    /// Plain names behind slashes, so that nobody has to think of escapes.
    private static func isPath(_ path: String) -> Bool {
        let names = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return path.hasPrefix("/")
            && names.allSatisfy { name in
                !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._~-".contains($0)) }
            }
    }

    /// `/a/b`, or nothing at all.
    private static func trimmed(_ path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
    }
}

extension ListenAddress: ExpressibleByArgument {
    /// Reads the flag's value.
    public init?(argument: String) {
        self.init(argument)
    }
}
