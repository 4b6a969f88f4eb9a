import Usage

/// The way to a provider: one request, one whole answer. A protocol, so that readers are tested without a network.
public protocol ProviderTransport: Sendable {
    /// Sends a request and reads the answer to its end.
    ///
    /// Redirects are answers like any other and are never followed, since a signed request must not reach another host.
    ///
    /// - Throws: ``TransportFailure``.
    func send(_ request: ProviderRequest) async throws(TransportFailure) -> ProviderResponse
}

/// A request as it goes out.
public struct ProviderRequest: Sendable {
    /// What is done at the address.
    public enum Method: String, Sendable {
        /// Reads; without a body.
        case get = "GET"
        /// Asks with a body.
        case post = "POST"
    }

    /// The method.
    public let method: Method
    /// The whole address.
    public let url: String
    /// The headers, `Host` included, in the order in which they are sent.
    public let headers: [(name: String, value: String)]
    /// The exact bytes that were signed.
    public let body: [UInt8]

    init(method: Method = .post, url: String, headers: [(name: String, value: String)], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// An answer, decompressed.
public struct ProviderResponse: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The whole body.
    public let body: [UInt8]
    private let headers: [String: String]

    /// An answer.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - headers: The headers; of several with one name the first counts.
    ///   - body: The whole body, decompressed.
    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        self.body = body
    }

    /// The value of a header, whatever the case of its name.
    func header(_ name: String) -> String? { headers[name.lowercased()] }

    /// The `Date` header, if there was one.
    var date: String? { header("Date") }
}

extension ProviderResponse {
    /// How long the server asks to be left alone.
    func wait(now: UnixTime) -> Duration? {
        header("Retry-After").flatMap { Duration(retryAfter: $0, now: now) }
    }
}

/// Why there is no answer.
public enum TransportFailure: Error, Hashable, Sendable {
    /// No complete answer within that time.
    case timeout(Duration)
    /// The provider could not be reached, or the connection broke; the text says how.
    case unreachable(String)
    /// The endpoint's certificate is not good; the text says why.
    case untrusted(String)
    /// The proxy wants a user name and password, or others than it was given.
    case proxyLogin(ProxyServer)
    /// The proxy cannot be reached or does not let the connection through; the text says how.
    case proxy(ProxyServer, String)
    /// The answer is larger than that many bytes.
    case oversized(limit: Int)
    /// The answer could not be decompressed.
    case garbled(String)
}

extension ReadingFailure {
    init(_ failure: TransportFailure, endpoint: Endpoint) {
        switch failure {
        case .timeout(let time):
            self.init(.timeout, "No complete answer from \(endpoint) within \(time.wholeMilliseconds / 1000) s.")
        case .unreachable(let cause):
            self.init(
                .unavailable,
                "\(endpoint) cannot be reached: \(cause).",
                cause: .noNetwork
            )
        case .untrusted(let cause):
            self.init(
                .unavailable,
                "\(endpoint) cannot be reached: its certificate is not trusted, as \(cause).",
                advice: "Set ca_file of the account to the certificate of the authority that signed the endpoint's.",
                cause: .noNetwork
            )
        // Refused until somebody acts, as with the provider's own credentials.
        case .proxyLogin(let proxy):
            self.init(
                .unauthorized,
                "The proxy \(proxy) on the way to \(endpoint) wants a user name and password, or others.",
                advice: "Set \(proxy.variable) to http://user:password@host:port, or name the endpoint in NO_PROXY."
            )
        case .proxy(let proxy, let cause):
            self.init(
                .unavailable,
                "\(endpoint) cannot be reached through the proxy \(proxy): \(cause).",
                advice: "Check \(proxy.variable), or name the endpoint in NO_PROXY.",
                cause: .noNetwork
            )
        case .oversized(let limit):
            self.init(.malformed, "The answer is larger than \(limit / 1_048_576) MiB, the most that is read.")
        case .garbled(let cause):
            self.init(.malformed, "The answer cannot be decompressed: \(cause).")
        }
    }
}
