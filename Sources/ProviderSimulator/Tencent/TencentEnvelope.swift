/// The one JSON object that every answer of the provider is.
enum TencentEnvelope {
    /// A successful answer with its `Data`; `nil` for null.
    static func data(_ text: String?, requestID: String) -> [UInt8] {
        let data = text.map(JSONText.quoted) ?? Array("null".utf8)
        return response(Array(#""Data":"#.utf8) + data, requestID: requestID)
    }

    /// A refusal.
    static func error(_ error: TencentError, requestID: String) -> [UInt8] {
        let code = JSONText.quoted(error.code.rawValue)
        let message = JSONText.quoted(error.message)
        let fields = Array(#""Error":{"Code":"#.utf8) + code + Array(#","Message":"#.utf8) + message + Array("}".utf8)
        return response(fields, requestID: requestID)
    }

    private static func response(_ fields: [UInt8], requestID: String) -> [UInt8] {
        Array(#"{"Response":{"#.utf8) + fields + Array(#","RequestId":"#.utf8) + JSONText.quoted(requestID)
            + Array("}}".utf8)
    }
}
