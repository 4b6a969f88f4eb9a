import HTTPTypes

/// The error codes that the simulated Huawei Cloud answers with.
enum HuaweiErrorCode: String {
    /// There is no such path or method.
    case notFound = "APIGW.0101"
    /// The gateway's backend does not answer.
    case backend = "APIGW.0201"
    /// The signature, the key or the token is wrong.
    case authentication = "APIGW.0301"
    /// The user may not do this.
    case forbidden = "APIGW.0302"
    /// The signature's time is too far from the gateway's.
    case clock = "APIGW.0303"
    /// The token has to be renewed.
    case tokenExpired = "APIGW.0307"
    /// Too many calls.
    case throttled = "APIGW.0308"
    /// A parameter is missing or wrong.
    case parameter = "DATA.100011001"
    /// The service fails.
    case internalError = "RTC.00002001"

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .backend: .gatewayTimeout
        case .authentication, .clock, .tokenExpired: .unauthorized
        case .forbidden: .forbidden
        case .throttled: .tooManyRequests
        case .parameter: .badRequest
        case .internalError: .internalServerError
        }
    }
}

/// An answer that says no. The message is for people and repeats nothing secret.
struct HuaweiError: ProviderRefusal, Equatable {
    let code: HuaweiErrorCode
    let message: String
    /// Whether it says no because the key is locked.
    let isLock: Bool

    init(_ code: HuaweiErrorCode, _ message: String, isLock: Bool = false) {
        self.code = code
        self.message = message
        self.isLock = isLock
    }

    var outcome: String { isLock ? "locked" : code.rawValue }

    /// A missing query parameter, in the words of the service.
    static func missing(_ name: String) -> HuaweiError {
        HuaweiError(.parameter, "Required String parameter '\(name)' is not present")
    }
}
