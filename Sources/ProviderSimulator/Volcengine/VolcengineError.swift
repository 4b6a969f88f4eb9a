import HTTPTypes

/// The error codes that the simulated Volcengine answers with.
enum VolcengineErrorCode: String {
    case missingParameter = "MissingParameter"
    case missingAuthenticationToken = "MissingAuthenticationToken"
    case missingRequestInfo = "MissingRequestInfo"
    case invalidTimestamp = "InvalidTimestamp"
    case serviceNotFound = "ServiceNotFound"
    case invalidActionOrVersion = "InvalidActionOrVersion"
    case invalidAccessKey = "InvalidAccessKey"
    case signatureDoesNotMatch = "SignatureDoesNotMatch"
    case invalidAuthorization = "InvalidAuthorization"
    case invalidSecretToken = "InvalidSecretToken"
    case accessDenied = "AccessDenied"
    case internalError = "InternalError"
    case internalServiceTimeout = "InternalServiceTimeout"
    case flowLimitExceeded = "FlowLimitExceeded"
    case invalidParameter = "InvalidParameter"
    case outOfTimeRange = "InvalidParameter.OutofTimeRange"
    case startTimeAfterEndTime = "InvalidParameter.StartTimeAfterEndTime"
    case bodyIsEmpty = "InvalidParameter.BodyIsEmpty"
    case unmarshal = "InvalidParameter.Unmarshal"
    case notExistAppId = "InvalidParameter.NotExistAppId"
    case noPermissionForApp = "AccessDenied.NoPermissionForApp"

    /// The gateway's number of the code; `nil` where it has none.
    var number: Int? {
        switch self {
        case .missingParameter: 100_002
        case .missingAuthenticationToken: 100_003
        case .missingRequestInfo: 100_004
        case .invalidTimestamp: 100_006
        case .serviceNotFound: 100_007
        case .invalidActionOrVersion: 100_008
        case .invalidAccessKey: 100_009
        case .signatureDoesNotMatch: 100_010
        case .accessDenied: 100_013
        case .internalError: 100_014
        case .internalServiceTimeout: 100_016
        case .flowLimitExceeded: 100_018
        default: nil
        }
    }

    /// Whether the RTC service says it, and not the gateway in front of it.
    var isOfService: Bool {
        switch self {
        case .invalidParameter, .outOfTimeRange, .startTimeAfterEndTime, .bodyIsEmpty, .unmarshal, .notExistAppId,
            .noPermissionForApp:
            true
        default: false
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .missingAuthenticationToken, .invalidAccessKey, .signatureDoesNotMatch, .invalidSecretToken: .unauthorized
        case .accessDenied, .noPermissionForApp: .forbidden
        case .serviceNotFound, .invalidActionOrVersion: .notFound
        case .internalError: .internalServerError
        case .internalServiceTimeout: .gatewayTimeout
        case .flowLimitExceeded: .tooManyRequests
        default: .badRequest
        }
    }
}

/// An answer that says no. The message is for people and repeats nothing secret.
struct VolcengineError: ProviderRefusal, Equatable {
    let code: VolcengineErrorCode
    let message: String

    init(_ code: VolcengineErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }

    var outcome: String { code.rawValue }
}
