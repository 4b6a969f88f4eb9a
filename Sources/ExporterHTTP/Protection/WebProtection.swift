public import NIOHTTP1
public import NIOSSL

/// What the web configuration file asks of connections, requests and answers, as it is at this moment: the file is read anew
/// when it changes, and nothing that is under way is disturbed.
public protocol WebProtection: Sendable {
    /// What a connection that is accepted now is encrypted by; `nil` for plain HTTP. Whether it is `nil` never changes while the
    /// exporter runs.
    func makeTLSHandler() -> NIOSSLServerHandler?

    /// Whether connections with TLS offer HTTP/2. Never changes while the exporter runs.
    var offersHTTP2: Bool { get }

    /// Headers that every answer gets.
    var headers: [(name: String, value: String)] { get }

    /// Decides about a request before anything else is done for it.
    func admit(_ request: HTTPRequestHead) async -> Admission
}

/// Whether a request may be answered.
public enum Admission: Hashable, Sendable {
    /// It may.
    case admitted
    /// It has no valid user and password: status 401, which asks for them.
    case unauthenticated
    /// There are more requests than the rate limit allows: status 429.
    case tooMany
}
