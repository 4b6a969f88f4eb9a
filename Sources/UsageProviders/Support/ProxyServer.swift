import Foundation

/// A server that passes connections on to others, as an environment variable names it.
public struct ProxyServer: Hashable, Sendable {
    /// What keeps a text from being a proxy. Never the text itself: it may hold a password.
    public struct Problem: Error, Hashable, Sendable {
        /// The kinds of problem.
        public enum Kind: Hashable, Sendable {
            /// Another scheme than `http`.
            case scheme
            /// User name and password cannot be read.
            case userInfo
            /// There is a path, query or fragment.
            case path
            /// The host is none.
            case host
            /// The port is none.
            case port
        }

        /// Whose value it is.
        public let variable: String
        /// What is wrong with it.
        public let kind: Kind

        /// What is wrong and what is expected.
        public var sentence: String {
            let form = "expected `http://host:port` or `http://user:password@host:port`"
            return switch kind {
            case .scheme:
                "\(variable): a proxy that is itself spoken to with TLS (`https://`) or SOCKS (`socks5://`) is not "
                    + "supported; \(form), through which connections with TLS are passed on unopened"
            case .userInfo:
                "\(variable): the user name and the password of a proxy are percent-encoded, such as `%40` for `@`; \(form)"
            case .path: "\(variable): a proxy has no path, query or fragment; \(form)"
            case .host: "\(variable): the host of the proxy is neither a host name nor an IP address; \(form)"
            case .port: "\(variable): the port of a proxy is a number from 1 to 65535; \(form)"
            }
        }
    }

    /// The environment variable that names it, for whoever has to mend it.
    public let variable: String
    /// In lower case; an IPv6 address without its brackets.
    public let host: String
    /// The port, 80 where none is written.
    public let port: Int
    /// `user:password`, decoded; `nil` where none is written.
    public let login: Secret?

    /// Reads a proxy. The scheme may be left out.
    ///
    /// - Parameters:
    ///   - text: The value.
    ///   - variable: The environment variable that holds it.
    /// - Throws: What keeps the text from being a proxy.
    public init(_ text: String, variable: String) throws(Problem) {
        func problem(_ kind: Problem.Kind) -> Problem { Problem(variable: variable, kind: kind) }
        guard let rest = Self.withoutScheme(text) else { throw problem(.scheme) }
        let authority = rest.prefix { !"/?#\\".contains($0) }
        guard ["", "/"].contains(rest[authority.endIndex...]) else { throw problem(.path) }
        let at = authority.lastIndex(of: "@")
        if let at {
            guard let login = Self.login(authority[..<at]) else { throw problem(.userInfo) }
            self.login = login
        } else {
            login = nil
        }
        let address: Endpoint
        do throws(Endpoint.Problem) {
            address = try Endpoint("http://\(at.map { authority[authority.index(after: $0)...] } ?? authority)")
        } catch {
            throw problem(error == .port ? .port : .host)
        }
        self.variable = variable
        host = address.host
        port = address.port ?? 80
    }

    private static func withoutScheme(_ text: String) -> Substring? {
        guard let end = text.range(of: "://") else { return text[...] }
        return text[..<end.lowerBound].lowercased() == "http" ? text[end.upperBound...] : nil
    }

    private static func login(_ text: Substring) -> Secret? {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let decoded = parts.compactMap { String($0).removingPercentEncoding }
        guard decoded.count == parts.count, let user = decoded.first, !user.isEmpty else { return nil }
        return Secret("\(user):\(decoded.count == 2 ? decoded[1] : "")")
    }
}

extension ProxyServer: CustomStringConvertible {
    /// `http://host:port`, never with user name or password.
    public var description: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
