import HTTPTypes

/// A request as it came over the wire, with the parts that decide about it.
struct ReceivedCall {
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
    /// The names and values of the query, decoded, in the order in which they came.
    let queryItems: [QueryItem]

    init(head: HTTPRequest, body: [UInt8]) {
        method = head.method.rawValue
        let target = (head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = target.first.map(String.init) ?? "/"
        query = target.count > 1 ? String(target[1]) : ""
        host = head.authority
        headers = head.headerFields
        self.body = body
        parameters = JSONValue(body)?.members
        queryItems = QueryItem.all(in: query)
    }

    /// The value of a header, by its name in any case; repeated ones are joined. `nil` when it was not sent.
    func header(_ name: String) -> String? {
        if name.lowercased() == "host" { return host }
        return HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// The first value of a query parameter.
    func queryValue(_ name: String) -> String? {
        queryItems.first { $0.name == name }?.value
    }
}

/// One pair of a query, decoded.
struct QueryItem: Equatable {
    let name: String
    let value: String

    static func all(in query: String) -> [QueryItem] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : ""
            return QueryItem(
                name: PercentEncoding.decoded(parts[0]),
                value: PercentEncoding.decoded(value)
            )
        }
    }
}
