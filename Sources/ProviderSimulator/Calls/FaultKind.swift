/// What can be made to go wrong. The raw value is the name used at the control endpoint and in the arrival log.
public enum FaultKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// The rate limit strikes although the spacing was kept.
    case throttled
    /// The signature is called wrong.
    case signatureFailure = "signature-failure"
    /// The account may not call this.
    case unauthorizedOperation = "unauthorized-operation"
    /// The session token has run out.
    case secretExpired = "secret-expired"
    /// The provider reports an error of its own.
    case internalError = "internal-error"
    /// HTTP 503 with an HTML page of some gateway.
    case serviceUnavailable = "service-unavailable"
    /// HTTP 504 with an HTML page of some gateway.
    case gatewayTimeout = "gateway-timeout"
    /// No answer at all until the client leaves, for two minutes at most.
    case hang
    /// The right answer in 120 pieces, a second apart.
    case slowDrip = "slow-drip"
    /// The connection ends in the middle of the answer.
    case truncatedBody = "truncated-body"
    /// HTTP 200 with a body that is not JSON.
    case notJSON = "not-json"
    /// The data is an empty string.
    case emptyData = "empty-data"
    /// The data has a header and no rows.
    case headerOnly = "header-only"
    /// The right figures in another dialect: BOM, CRLF, quoted ids, other columns in another order.
    case bomCRLFQuoted = "bom-crlf-quoted"
    /// Each room comes in two rows that add up to the right figures.
    case duplicateRooms = "duplicate-rooms"
    /// Each figure above zero carries a quarter more than it should.
    case decimals
    /// A figure is below zero.
    case negative
    /// A figure is a word.
    case letters
    /// A row ends early.
    case tooFewFields = "too-few-fields"
    /// Figures are not numbers or too large for one.
    case notFinite = "not-finite"
    /// The body has bytes that are not UTF-8.
    case invalidUTF8 = "invalid-utf8"
    /// The data is null.
    case nullData = "null-data"
    /// An answer of more than 60 MB.
    case oversized
    /// HTTP 302 to another address.
    case redirect
    /// The provider's clock is an hour ahead: for the check of timestamps and in the Date header.
    case wrongClock = "wrong-clock"
    /// HTTP 429 with a Retry-After header.
    case retryAfter = "retry-after"

    /// Where in the course of a call the fault strikes.
    enum Stage {
        /// When the timestamp is checked.
        case authentication
        /// Before anybody looks at the parameters.
        case gateway
        /// When a good call is answered.
        case answer
    }

    var stage: Stage {
        switch self {
        case .wrongClock: .authentication
        case .throttled, .signatureFailure, .unauthorizedOperation, .secretExpired, .internalError,
            .serviceUnavailable, .gatewayTimeout, .hang, .redirect, .retryAfter:
            .gateway
        case .slowDrip, .truncatedBody, .notJSON, .emptyData, .headerOnly, .bomCRLFQuoted, .duplicateRooms, .decimals,
            .negative, .letters, .tooFewFields, .notFinite, .invalidUTF8, .nullData, .oversized:
            .answer
        }
    }
}
