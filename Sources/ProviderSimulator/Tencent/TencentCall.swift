import HTTPTypes

/// A request as it came over the wire, with the parts that decide about it.
struct TencentCall {
    let method: String
    let path: String
    /// What follows the question mark, as received; empty without one.
    let query: String
    /// The Host header.
    let host: String?
    let headers: HTTPFields
    let body: [UInt8]
    /// The body as a JSON object; `nil` when it is none.
    let parameters: [String: JSONValue]?

    init(head: HTTPRequest, body: [UInt8]) {
        method = head.method.rawValue
        let target = (head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = target.first.map(String.init) ?? "/"
        query = target.count > 1 ? String(target[1]) : ""
        host = head.authority
        headers = head.headerFields
        self.body = body
        parameters = JSONValue(body)?.members
    }

    /// The value of a header, by its name in any case; repeated ones are joined. `nil` when it was not sent.
    func header(_ name: String) -> String? {
        if name.lowercased() == "host" { return host }
        return HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// The action that was asked for.
    var action: String? { header("X-TC-Action") }

    /// The app that was asked for, as far as it can be read.
    var app: String? { parameters?["SdkAppid"]?.identifier }
}
