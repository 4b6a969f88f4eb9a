import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension TransportFailure {
    /// What went wrong in a call.
    ///
    /// - Parameters:
    ///   - error: The client's word for it.
    ///   - timeout: The time that the call had.
    ///   - proxy: The proxy on the way: with one, a connection that cannot be made is one to the proxy.
    init(_ error: any Error, timeout: Duration, proxy: ProxyServer?) {
        self =
            switch error {
            case let failure as TransportFailure: failure
            case is NIOTooManyBytesError: .oversized(limit: HTTPTransport.largestAnswer)
            case let error as NIOHTTPDecompression.DecompressionError:
                error == .limit ? .oversized(limit: HTTPTransport.largestAnswer) : .garbled("\(error)")
            case let error as NIOHTTPDecompression.ExtraDecompressionError: .garbled("\(error)")
            case let error as HTTPClientError: Self.failure(of: error, timeout: timeout, proxy: proxy)
            case let error as NIOSSLExtraError where error == .failedToValidateHostname:
                .untrusted("it is for another name")
            case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: Self.handshake(error)
            case let error as NIOConnectionError: Self.way(proxy, Self.cause(of: error))
            default: Self.way(proxy, String(describing: error))
            }
    }

    private static func failure(of error: HTTPClientError, timeout: Duration, proxy: ProxyServer?) -> TransportFailure {
        switch (error, proxy) {
        case (.connectTimeout, _), (.deadlineExceeded, _), (.readTimeout, _), (.httpProxyHandshakeTimeout, _):
            .timeout(timeout)
        case (.proxyAuthenticationRequired, let proxy?): .proxyLogin(proxy)
        case (.invalidProxyResponse, let proxy?): .proxy(proxy, "it does not let the connection through")
        default: .unreachable(error.shortDescription)
        }
    }

    /// TLS tells in words only whether it was the certificate that it did not like.
    private static func handshake(_ error: any Error) -> TransportFailure {
        let words = String(describing: error)
        return words.contains("CERTIFICATE_VERIFY_FAILED")
            ? .untrusted("no known authority vouches for it, or it has expired")
            : .unreachable("the TLS handshake failed (\(words))")
    }

    private static func way(_ proxy: ProxyServer?, _ cause: String) -> TransportFailure {
        proxy.map { .proxy($0, cause) } ?? .unreachable(cause)
    }

    /// One cause is enough for a line in a log; the error itself lists one per address that was tried.
    private static func cause(of error: NIOConnectionError) -> String {
        if let first = error.connectionErrors.first { return String(describing: first.error) }
        return "the name \(error.host) cannot be resolved"
    }
}
