/// A header that the web configuration may set: those that make browsers careful, and no others.
public struct ResponseHeader: Hashable, Sendable {
    /// As it is written.
    public let name: String
    /// The values that it may have; any when there are none.
    public let values: [String]

    /// All of them.
    public static let all = [
        ResponseHeader(name: "Content-Security-Policy", values: []),
        ResponseHeader(name: "Strict-Transport-Security", values: []),
        ResponseHeader(name: "X-Content-Type-Options", values: ["nosniff"]),
        ResponseHeader(name: "X-Frame-Options", values: ["deny", "sameorigin"]),
        ResponseHeader(name: "X-XSS-Protection", values: []),
    ]
}
