public import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL
import Usage

/// The way to a provider over the real network.
///
/// Certificates are verified, redirects are not followed, gzip is read, and an answer is bounded in size and in time.
public struct HTTPTransport: ProviderTransport {
    /// The largest answer that is read, in bytes after decompression: what Tencent documents as its own limit.
    public static let largestAnswer = 50 * 1_048_576

    let client: HTTPClient
    private let timeout: Duration
    private let proxy: ProxyServer?

    /// - Parameters:
    ///   - client: A client made by ``makeClient(proxy:certificateAuthorities:)``.
    ///   - timeout: The most that a call may take, from connecting to the last byte.
    ///   - proxy: The proxy that the client was made with, for words about failures.
    public init(client: HTTPClient, timeout: Duration, proxy: ProxyServer? = nil) {
        self.client = client
        self.timeout = timeout
        self.proxy = proxy
    }

    /// A client with the settings that this transport promises.
    ///
    /// - Parameters:
    ///   - proxy: Through what it connects; TLS reaches from here to the endpoint, past the proxy.
    ///   - certificateAuthorities: Who vouches for endpoints, in place of those that the system trusts.
    /// - Returns: A client that whoever asked for it shuts down.
    public static func makeClient(
        proxy: ProxyServer? = nil,
        certificateAuthorities: TrustedCertificates? = nil
    ) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            decompression: .enabled(limit: .size(largestAnswer))
        )
        configuration.httpVersion = .http1Only
        // Whoever calls decides when to try again; a refused connection is told at once and not as a timeout.
        configuration.connectionPool.retryConnectionEstablishment = false
        // A call that has begun goes out and does not queue for a connection: when it arrives is counted. How many there are
        // at once is bounded by those who call.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4096
        configuration.proxy = proxy.map { .server(host: $0.host, port: $0.port, authorization: $0.authorization) }
        if let certificateAuthorities {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(certificateAuthorities.certificates)
            configuration.tlsConfiguration = tls
        }
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
            throw TransportFailure(error, timeout: timeout, proxy: proxy)
        }
    }

    private func exchange(_ request: ProviderRequest) async throws -> ProviderResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        outgoing.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        outgoing.headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip")
        if !request.body.isEmpty {
            let body = AnnouncedBody(bytes: request.body, onSent: CallProgress.onSent)
            outgoing.body = .stream(body, length: .known(Int64(request.body.count)))
        }
        let response = try await client.execute(outgoing, timeout: TimeAmount(timeout))
        if let length = response.headers.first(name: "Content-Length").flatMap(Int.init), length > Self.largestAnswer {
            throw TransportFailure.oversized(limit: Self.largestAnswer)
        }
        let body = try await response.body.collect(upTo: Self.largestAnswer)
        return ProviderResponse(
            status: Int(response.status.code),
            headers: response.headers.map { (name: $0.name, value: $0.value) },
            body: Array(body.readableBytesView)
        )
    }
}

extension ProxyServer {
    fileprivate var authorization: HTTPClient.Authorization? {
        login.map { .basic(credentials: Data($0.reveal().utf8).base64EncodedString()) }
    }
}
