/// What a web configuration file asks for, checked.
public struct WebProtectionSettings: Sendable {
    /// `nil` for plain HTTP.
    public var tls: ServerTLS?
    /// Headers that every answer gets.
    public var headers: [(name: String, value: String)]
    /// Who may come in; anybody when there are none.
    public var users: [String: BcryptHash]
    /// `nil` for any number of requests.
    public var rateLimit: RateLimit?

    /// Settings by their parts; without any, everything is open.
    public init(
        tls: ServerTLS? = nil,
        headers: [(name: String, value: String)] = [],
        users: [String: BcryptHash] = [:],
        rateLimit: RateLimit? = nil
    ) {
        self.tls = tls
        self.headers = headers
        self.users = users
        self.rateLimit = rateLimit
    }

    var offersHTTP2: Bool { tls?.offersHTTP2 ?? false }
}
