import AsyncHTTPClient
import Foundation
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
            case let error as IOError: Self.way(proxy, Self.cause(of: error))
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
            : .unreachable("the TLS handshake failed (\(reason(in: words)))")
    }

    /// The library's own word for what went wrong, without the places in its sources that stand beside it.
    private static func reason(in words: String) -> String {
        guard !words.contains("WRONG_VERSION_NUMBER") else { return "it does not speak TLS" }
        let names = words.split { !($0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_")) }
        return names.first { $0.contains("_") }.map(String.init) ?? "it ended early"
    }

    private static func way(_ proxy: ProxyServer?, _ cause: String) -> TransportFailure {
        proxy.map { .proxy($0, cause) } ?? .unreachable(cause)
    }

    /// One cause is enough for a line in a log; the error itself lists one per address that was tried.
    private static func cause(of error: NIOConnectionError) -> String {
        guard let first = error.connectionErrors.first else { return "the name \(error.host) cannot be resolved" }
        return (first.error as? IOError).map(cause) ?? String(describing: first.error)
    }

    private static func cause(of error: IOError) -> String {
        switch error.errnoCode {
        case ECONNREFUSED: "the connection was refused"
        case ECONNRESET, EPIPE: "the connection was reset"
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN: "there is no way to it"
        case ETIMEDOUT: "it did not answer in time"
        default: "system error \(error.errnoCode)"
        }
    }
}
