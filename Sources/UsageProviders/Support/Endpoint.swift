/// Where a provider answers: scheme, host and port, nothing else. Credentials are sent there, so it is read strictly.
public struct Endpoint: Hashable, Sendable {
    /// How it is dialled.
    public enum Scheme: String, Sendable {
        /// In the clear, for trials.
        case http
        /// With TLS.
        case https

        /// The port where none is written.
        var port: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    /// What keeps a text from being an endpoint. Never the text itself: it may hold a password.
    public enum Problem: Error, Equatable {
        /// Neither `https` nor `http`.
        case scheme
        /// There is a user name or password.
        case userInfo
        /// There is a path, query or fragment.
        case path
        /// There is no host, or one that cannot be.
        case host
        /// The port is none.
        case port

        /// What is wrong and what is expected.
        public var sentence: String {
            let form = "expected `scheme://host` or `scheme://host:port`, such as `https://rtc.example.com`"
            return switch self {
            case .scheme: "an endpoint begins with `https://` or `http://`; \(form)"
            case .userInfo: "an endpoint has no user name or password; \(form)"
            case .path: "an endpoint has no path, query or fragment, and no `/` at its end; \(form)"
            case .host: "the host of the endpoint is neither a host name nor an IP address; \(form)"
            case .port: "the port of an endpoint is a number from 1 to 65535; \(form)"
            }
        }
    }

    /// How it is dialled.
    public let scheme: Scheme
    /// In lower case; an IPv6 address without its brackets.
    public let host: String
    /// The port as written; `nil` for the scheme's own.
    public let port: Int?

    /// Reads an endpoint.
    ///
    /// - Throws: What keeps the text from being one.
    public init(_ text: String) throws(Problem) {
        let (scheme, authority) = try Endpoint.splitScheme(text)
        guard !authority.contains("@") else { throw .userInfo }
        guard !authority.contains(where: { "/?#\\".contains($0) }) else { throw .path }
        self.scheme = scheme
        (host, port) = try Endpoint.splitPort(authority.lowercased())
    }

    /// Host and, unless it is the scheme's own, port: what stands in the `Host` header and is signed.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return dialledPort == scheme.port ? name : "\(name):\(dialledPort)"
    }

    /// The port that is dialled, written or not.
    var dialledPort: Int { port ?? scheme.port }

    /// Whether only this machine is reached, so that nobody can listen on the way.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || IPAddress(host)?.isLoopback == true
    }

    private static func splitScheme(_ text: String) throws(Problem) -> (Scheme, Substring) {
        for scheme in [Scheme.https, .http] {
            let prefix = "\(scheme)://"
            if text.lowercased().hasPrefix(prefix) { return (scheme, text.dropFirst(prefix.count)) }
        }
        throw .scheme
    }

    private static func splitPort(_ authority: String) throws(Problem) -> (String, Int?) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .host }
            let address = String(authority[authority.index(after: authority.startIndex)..<end])
            guard IPAddress(address)?.isVersion4 == false else { throw .host }
            return (address, try port(authority[authority.index(after: end)...]))
        }
        let host = authority.prefix { $0 != ":" }
        guard isHostName(host) else { throw .host }
        return (String(host), try port(authority[host.endIndex...]))
    }

    private static func port(_ text: Substring) throws(Problem) -> Int? {
        if text.isEmpty { return nil }
        let digits = text.dropFirst()
        guard text.first == ":", (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigitASCII),
            let port = Int(digits), (1...65_535).contains(port)
        else { throw .port }
        return port
    }
}

extension Endpoint: CustomStringConvertible {
    /// `https://host:port`, as it is dialled.
    public var description: String { "\(scheme)://\(authority)" }
}

/// Underscores are no part of host names, yet container networks use them.
private func isHostName(_ text: Substring) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= 253, let last = labels.last else { return false }
    if last.utf8.allSatisfy(\.isDigitASCII) { return IPAddress(String(text))?.isVersion4 == true }
    return labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { $0.isAlphanumericASCII || "-_".utf8.contains($0) }
    }
}

extension UInt8 {
    fileprivate var isDigitASCII: Bool { (0x30...0x39).contains(self) }
    fileprivate var isAlphanumericASCII: Bool {
        isDigitASCII || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
