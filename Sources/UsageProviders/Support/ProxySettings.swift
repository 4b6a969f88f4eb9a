/// Which proxies lead to the providers, by the environment variables that most programs honour.
///
/// `HTTPS_PROXY` counts for endpoints with TLS and `HTTP_PROXY` for those without; `NO_PROXY` names those that are dialled
/// directly. Of a variable in upper and in lower case the first one counts, unless it is empty. This machine's own addresses
/// are always dialled directly.
public struct ProxySettings: Hashable, Sendable {
    /// What keeps a variable from naming a proxy.
    public typealias Problem = ProxyServer.Problem

    /// No proxy for anything.
    public static let none = ProxySettings()

    private let proxies: [Endpoint.Scheme: ProxyServer]
    private let exceptions: ProxyExceptions

    /// Reads the variables.
    ///
    /// - Parameter environment: The value of a variable by its name; `nil` when it is not set.
    /// - Throws: What keeps one of them from naming a proxy.
    public init(environment: (String) -> String?) throws(Problem) {
        var proxies: [Endpoint.Scheme: ProxyServer] = [:]
        for (scheme, name) in [(Endpoint.Scheme.https, "HTTPS_PROXY"), (.http, "HTTP_PROXY")] {
            guard let (variable, value) = Self.value(of: name, in: environment) else { continue }
            proxies[scheme] = try ProxyServer(value, variable: variable)
        }
        self.proxies = proxies
        exceptions = ProxyExceptions(Self.value(of: "NO_PROXY", in: environment)?.value ?? "")
    }

    private init() {
        proxies = [:]
        exceptions = ProxyExceptions("")
    }

    /// The proxy on the way to an endpoint; `nil` when it is dialled directly.
    public func proxy(for endpoint: Endpoint) -> ProxyServer? {
        guard let proxy = proxies[endpoint.scheme], !endpoint.isLoopback, !exceptions.cover(endpoint) else {
            return nil
        }
        return proxy
    }

    private static func value(
        of name: String,
        in environment: (String) -> String?
    ) -> (variable: String, value: String)? {
        for variable in [name, name.lowercased()] {
            let value = environment(variable)?.trimmingPrefix { $0.isWhitespace } ?? ""
            let end = value.lastIndex { !$0.isWhitespace }
            if let end { return (variable, String(value[...end])) }
        }
        return nil
    }
}
