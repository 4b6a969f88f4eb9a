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
    /// The whole address.
    public let url: String
    /// The headers, `Host` included, in the order in which they are sent.
    public let headers: [(name: String, value: String)]
    /// The exact bytes that were signed.
    public let body: [UInt8]
}

/// An answer, decompressed.
public struct ProviderResponse: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The `Date` header, if there was a readable one.
    public let date: String?
    /// The `Retry-After` header, if there was one.
    public let retryAfter: String?
    /// The whole body.
    public let body: [UInt8]

    /// An answer.
    public init(status: Int, date: String? = nil, retryAfter: String? = nil, body: [UInt8]) {
        self.status = status
        self.date = date
        self.retryAfter = retryAfter
        self.body = body
    }
}

extension ProviderResponse {
    /// How long the server asks to be left alone.
    func wait(now: UnixTime) -> Duration? {
        retryAfter.flatMap { Duration(retryAfter: $0, now: now) }
    }
}

/// Why there is no answer.
public enum TransportFailure: Error, Hashable, Sendable {
    /// No complete answer within that time.
    case timeout(Duration)
    /// The provider could not be reached, or the connection broke; the text says how.
    case unreachable(String)
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
            self.init(.unavailable, "\(endpoint) cannot be reached: \(cause).")
        case .oversized(let limit):
            self.init(.malformed, "The answer is larger than \(limit / 1_048_576) MiB, the most that is read.")
        case .garbled(let cause):
            self.init(.malformed, "The answer cannot be decompressed: \(cause).")
        }
    }
}
