public import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// The way to a provider over the real network.
///
/// Certificates are verified, redirects are not followed, gzip is read, and an answer is bounded in size and in time.
public struct HTTPTransport: ProviderTransport {
    /// The largest answer that is read, in bytes after decompression: what Tencent documents as its own limit.
    public static let largestAnswer = 50 * 1_048_576

    private let client: HTTPClient
    private let timeout: Duration

    /// - Parameters:
    ///   - client: A client made by ``makeClient()``; whoever made it shuts it down.
    ///   - timeout: The most that a call may take, from connecting to the last byte.
    public init(client: HTTPClient, timeout: Duration) {
        self.client = client
        self.timeout = timeout
    }

    /// A client with the settings that this transport promises.
    public static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            decompression: .enabled(limit: .size(largestAnswer))
        )
        configuration.httpVersion = .http1Only
        // Whoever calls decides when to try again; a refused connection is told at once and not as a timeout.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Sends a request and reads the answer to its end.
    public func send(_ request: ProviderRequest) async throws(TransportFailure) -> ProviderResponse {
        do {
            return try await withThrowingTaskGroup(of: ProviderResponse.self) { group in
                group.addTask { try await exchange(request) }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    throw TransportFailure.timeout(timeout)
                }
                defer { group.cancelAll() }
                guard let response = try await group.next() else { throw TransportFailure.timeout(timeout) }
                return response
            }
        } catch {
            throw failure(for: error)
        }
    }

    private func exchange(_ request: ProviderRequest) async throws -> ProviderResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = .POST
        outgoing.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        outgoing.headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip")
        outgoing.body = .bytes(request.body)
        let response = try await client.execute(outgoing, timeout: TimeAmount(timeout))
        if let length = response.headers.first(name: "Content-Length").flatMap(Int.init), length > Self.largestAnswer {
            throw TransportFailure.oversized(limit: Self.largestAnswer)
        }
        let body = try await response.body.collect(upTo: Self.largestAnswer)
        return ProviderResponse(
            status: Int(response.status.code),
            date: response.headers.first(name: "Date"),
            retryAfter: response.headers.first(name: "Retry-After"),
            body: Array(body.readableBytesView)
        )
    }

    private func failure(for error: any Error) -> TransportFailure {
        switch error {
        case let failure as TransportFailure: failure
        case is NIOTooManyBytesError: .oversized(limit: Self.largestAnswer)
        case let error as NIOHTTPDecompression.DecompressionError:
            error == .limit ? .oversized(limit: Self.largestAnswer) : .garbled("\(error)")
        case let error as NIOHTTPDecompression.ExtraDecompressionError: .garbled("\(error)")
        case let error as HTTPClientError:
            Self.timeouts.contains(error) ? .timeout(timeout) : .unreachable(error.shortDescription)
        case is NIOSSLError, is BoringSSLError: .unreachable("the TLS handshake failed (\(error))")
        case let error as NIOConnectionError: .unreachable(Self.connectionCause(error))
        default: .unreachable(String(describing: error))
        }
    }

    private static let timeouts: [HTTPClientError] = [.connectTimeout, .deadlineExceeded, .readTimeout]

    /// One cause is enough for a line in a log; the error itself lists one per address that was tried.
    private static func connectionCause(_ error: NIOConnectionError) -> String {
        if let first = error.connectionErrors.first { return String(describing: first.error) }
        return "the name \(error.host) cannot be resolved"
    }
}
