import Usage

/// How a call says who makes it.
enum HuaweiProof: Sendable {
    /// With a signature.
    case signature
    /// With a token, which has worked before or not.
    case token(hasWorked: Bool)
}

/// What an error of Huawei's means for us.
///
/// Codes, not messages, decide, and the HTTP status before them: the gateway uses some codes for faults of both sides.
/// Sources: <https://support.huaweicloud.com/api-rtc/ErrorCode.md> (the service),
/// <https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-errorcode.html> (the gateway).
enum HuaweiFault: CaseIterable, Sendable {
    case throttled
    case outOfOrder
    /// The key or its secret is not right; also a key that is locked.
    case wrongKey
    /// The signature is right by a clock that is too far off.
    case clockOff
    /// A token that has worked is no longer good.
    case expiredToken
    /// A new token is not good.
    case refusedToken
    case noPermission
    case projectUnavailable
    case addressDenied
    case regionClosed
    case balance
    case noAPI
    case gatewayRefusal
    case unknownApp
    case badRequest

    /// Signatures are good for this long before and after their time.
    private static let signatureTolerance = Duration.seconds(900)

    /// - Parameters:
    ///   - error: The error.
    ///   - status: The HTTP status that came with it.
    ///   - proof: How the call said who makes it.
    ///   - clockOffset: The provider's clock less the one that the call was signed by; `nil` when the answer did not tell.
    init(_ error: HuaweiError, status: Int, proof: HuaweiProof, clockOffset: Duration?) {
        switch status {
        case 429: self = .throttled
        case 408, 425, 500...: self = .outOfOrder
        default:
            if let number = error.gatewayNumber {
                self = Self.gateway(number, status, proof, clockOffset) ?? Self.other(status, proof)
            } else {
                self = Self.service(error, status, proof) ?? Self.other(status, proof)
            }
        }
    }

    private static func gateway(
        _ number: Substring,
        _ status: Int,
        _ proof: HuaweiProof,
        _ clockOffset: Duration?
    ) -> HuaweiFault? {
        switch number {
        case "0308": .throttled
        case "0103", "0601", "0605", "0606", "0608"..."0613", "0705": .outOfOrder
        case "0301": isFar(clockOffset) == true && proof.isSignature ? .clockOff : refusal(proof)
        // What the signing guide shows for a clock that is off; the answer's own date knows better.
        case "0303": isFar(clockOffset) != false && proof.isSignature ? .clockOff : refusal(proof)
        case "0305", "0311": refusal(proof)
        case "0307": proof.isSignature ? .wrongKey : refusal(proof)
        case "0302", "0304", "0306": .noPermission
        case "0310": .projectUnavailable
        case "0401", "0402", "0404": .addressDenied
        case "0801", "0802": .regionClosed
        case "0501", "0502": .balance
        case "0101": .noAPI
        case "0104", "0105", "0106", "0602", "0607": .gatewayRefusal
        case "0201": .badRequest
        default: nil
        }
    }

    private static func service(_ error: HuaweiError, _ status: Int, _ proof: HuaweiProof) -> HuaweiFault? {
        switch error.family {
        case "RTC" where error.code == HuaweiError.unknownCaller: refusal(proof)
        case "RTC" where error.code.hasPrefix("RTC.00002"): .outOfOrder
        case "RTC" where error.code.hasPrefix("RTC.00001"): .badRequest
        case "DATA" where ![401, 403].contains(status): error.speaksOfApp ? .unknownApp : .badRequest
        default: nil
        }
    }

    private static func other(_ status: Int, _ proof: HuaweiProof) -> HuaweiFault {
        switch status {
        case 401: refusal(proof)
        case 403, 407: .noPermission
        default: .badRequest
        }
    }

    private static func refusal(_ proof: HuaweiProof) -> HuaweiFault {
        switch proof {
        case .signature: .wrongKey
        case .token(let hasWorked): hasWorked ? .expiredToken : .refusedToken
        }
    }

    private static func isFar(_ offset: Duration?) -> Bool? {
        offset.map { $0 > signatureTolerance || $0 < .zero - signatureTolerance }
    }
}

extension HuaweiProof {
    fileprivate var isSignature: Bool {
        if case .signature = self { true } else { false }
    }
}

extension HuaweiError {
    /// Whether the message names the app: no code of its own says that there is none.
    fileprivate var speaksOfApp: Bool {
        let words = message.lowercased().split { !$0.isLetter }
        return words.contains { ["app", "apps", "appid", "application"].contains($0) }
    }
}
