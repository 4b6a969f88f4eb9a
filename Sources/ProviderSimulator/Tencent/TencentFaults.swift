/// How each fault looks in the provider's protocol.
enum TencentFaults {
    /// The refusal that a fault is answered with; `nil` for one that is no refusal.
    static func refusal(_ kind: FaultKind, _ api: SimulatedAPI?) -> TencentError? {
        switch kind {
        case .throttled:
            TencentError(.requestLimitExceeded, "Your current request times exceed the frequency limit.")
        case .signatureFailure:
            TencentError(.signatureFailure, "The provided credentials could not be validated.")
        case .unauthorizedOperation:
            TencentError(.unauthorizedOperation, "You are not authorized to perform this operation.")
        case .secretExpired:
            TencentError(.tokenFailure, "The token does not belong to the SecretId or has expired.")
        case .internalError: TencentError(.internalError, "An internal error occurred.")
        case .retired: TencentError(.invalidAction, "The request action is invalid or does not exist.")
        case .unknownApp where api == .roomUsage:
            TencentError(.sdkAppIdNotExist, "The SdkAppId does not exist.")
        case .unknownApp: TencentError(.invalidSdkAppId, "SdkAppId is incorrect.")
        default: nil
        }
    }

    /// The table of rooms as a fault has it; faults that are not about the table leave it as it is.
    static func table(_ kind: FaultKind?, _ rows: [RoomUsage]) -> JSONNode {
        switch kind {
        case .nullData: .null
        case .invalidUTF8: .bytes(withInvalidBytes(rows))
        default: .string(text(kind, rows))
        }
    }

    private static func text(_ kind: FaultKind?, _ rows: [RoomUsage]) -> String {
        switch kind {
        case .emptyData: ""
        case .headerOnly, .emptyUsage: RoomUsageCSV.text([])
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

    /// The right table, as JSON, with two bytes in the first room's id that no UTF-8 text has.
    private static func withInvalidBytes(_ rows: [RoomUsage]) -> [UInt8] {
        let table = JSONText.quoted(RoomUsageCSV.text(RoomUsageCSV.withRow(rows)))
        // The header's line ends with the only escaped line feed before the first row.
        let start = table.indices.first { table[$0] == UInt8(ascii: "\\") }.map { $0 + 2 } ?? 0
        return table[..<start] + [0xC3, 0x28] + table[start...]
    }
}
