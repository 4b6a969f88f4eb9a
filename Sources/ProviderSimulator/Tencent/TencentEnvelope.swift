/// The one JSON object that every answer of the provider is.
enum TencentEnvelope {
    /// An answer with its members.
    static func response(_ members: [JSONNode.Member], requestID: String) -> JSONNode {
        let response = JSONNode.object(members + [JSONNode.Member("RequestId", .string(requestID))])
        return .members(["Response": response])
    }

    /// A refusal.
    static func error(_ error: TencentError, requestID: String) -> JSONNode {
        let content = JSONNode.members(["Code": .string(error.code.rawValue), "Message": .string(error.message)])
        return response([JSONNode.Member("Error", content)], requestID: requestID)
    }
}
