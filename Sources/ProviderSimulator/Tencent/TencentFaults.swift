/// How each fault looks in the provider's protocol.
enum TencentFaults {
    /// The refusal that a fault is answered with; for one that is no refusal, what a server would say about itself.
    static func refusal(_ kind: FaultKind) -> TencentError {
        switch kind {
        case .throttled:
            TencentError(.requestLimitExceeded, "Your current request times exceed the frequency limit.")
        case .signatureFailure:
            TencentError(.signatureFailure, "The provided credentials could not be validated.")
        case .unauthorizedOperation:
            TencentError(.unauthorizedOperation, "You are not authorized to perform this operation.")
        case .secretExpired:
            TencentError(.tokenFailure, "The token does not belong to the SecretId or has expired.")
        default:
            TencentError(.internalError, "An internal error occurred.")
        }
    }

    /// Whether a fault is answered with an error code of the provider.
    static func isRefusal(_ kind: FaultKind) -> Bool {
        switch kind {
        case .throttled, .signatureFailure, .unauthorizedOperation, .secretExpired, .internalError: true
        default: false
        }
    }

    /// The body that a fault makes of the right answer; faults that are not about the body leave it as it is.
    static func body(_ kind: FaultKind?, _ rows: [RoomUsage], requestID: String) -> [UInt8] {
        switch kind {
        case .notJSON: Array("<<<this is not JSON>>>".utf8)
        case .nullData: TencentEnvelope.data(nil, requestID: requestID)
        case .invalidUTF8: withInvalidBytes(rows, requestID: requestID)
        default: TencentEnvelope.data(text(kind, rows), requestID: requestID)
        }
    }

    private static func text(_ kind: FaultKind?, _ rows: [RoomUsage]) -> String {
        switch kind {
        case .emptyData: ""
        case .headerOnly: RoomUsageCSV.text([])
        case .bomCRLFQuoted: RoomUsageCSV.otherDialect(rows)
        case .duplicateRooms: RoomUsageCSV.duplicated(rows)
        case .decimals: RoomUsageCSV.decimals(rows)
        case .negative: RoomUsageCSV.firstRow(of: rows) { $0[1] = "-60" }
        case .letters: RoomUsageCSV.firstRow(of: rows) { $0[1] = "many" }
        case .tooFewFields: RoomUsageCSV.firstRow(of: rows) { $0.removeLast(2) }
        case .notFinite:
            RoomUsageCSV.firstRow(of: rows) { $0.replaceSubrange(1...3, with: ["NaN", "Infinity", "1e999"]) }
        default: RoomUsageCSV.text(rows)
        }
    }

    /// The right answer with two bytes in the first room's id that no UTF-8 text has.
    private static func withInvalidBytes(_ rows: [RoomUsage], requestID: String) -> [UInt8] {
        let body = TencentEnvelope.data(RoomUsageCSV.text(RoomUsageCSV.withRow(rows)), requestID: requestID)
        // The header's line ends with the only escaped line feed before the first row.
        let start = body.indices.first { body[$0] == UInt8(ascii: "\\") }.map { $0 + 2 } ?? 0
        return body[..<start] + [0xC3, 0x28] + body[start...]
    }
}
