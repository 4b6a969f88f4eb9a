/// The members of a request's body, and how they are checked.
struct TencentParameters {
    private let members: [String: JSONValue]

    init(_ call: ReceivedCall) throws(TencentError) {
        guard let members = call.parameters else {
            throw TencentError(.invalidParameter, "The request body is not a JSON object.")
        }
        self.members = members
    }

    /// A parameter that may be left out.
    subscript(name: String) -> JSONValue? { members[name].flatMap { $0 == .null ? nil : $0 } }

    func allowOnly(_ names: Set<String>) throws(TencentError) {
        for name in members.keys.sorted() where !names.contains(name) {
            throw TencentError(.unknownParameter, "The parameter `\(name.prefix(64))` is not recognized.")
        }
    }

    func present(_ name: String) throws(TencentError) -> JSONValue {
        guard let value = self[name] else { throw .missing(name) }
        return value
    }

    /// An app's id, which is a number here.
    func app(_ name: String, _ value: JSONValue) throws(TencentError) -> String {
        guard let number = value.integer else {
            throw TencentError(.invalidParameter, "The type of the parameter `\(name)` is not integer.")
        }
        return String(number)
    }
}
