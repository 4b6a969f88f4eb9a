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
    /// The table of rooms is an empty string.
    case emptyData = "empty-data"
    /// The table of rooms has a header and no rows.
    case headerOnly = "header-only"
    /// The right table of rooms in another dialect: BOM, CRLF, quoted ids, other columns in another order.
    case bomCRLFQuoted = "bom-crlf-quoted"
    /// Each room comes in two rows that add up to the right figures.
    case duplicateRooms = "duplicate-rooms"
    /// Each figure above zero carries a quarter of a second more than it should.
    case decimals
    /// A figure is below zero.
    case negative
    /// A figure is a word.
    case letters
    /// A row ends early.
    case tooFewFields = "too-few-fields"
    /// Figures are not numbers or too large for one.
    case notFinite = "not-finite"
    /// The body has bytes that are not UTF-8: in a room's id, else in a member that nobody documents.
    case invalidUTF8 = "invalid-utf8"
    /// The data or the list of rows is null.
    case nullData = "null-data"
    /// An answer of more than 60 MB.
    case oversized
    /// HTTP 302 to another address.
    case redirect
    /// The provider's clock is an hour ahead: for the check of timestamps and in the Date header.
    case wrongClock = "wrong-clock"
    /// HTTP 429 with a Retry-After header.
    case retryAfter = "retry-after"
    /// The API is served no more.
    case retired
    /// There are rows of the days before and after the window.
    case rowsOutsideWindow = "rows-outside-window"
    /// The total beside the tiers is 7 seconds more than they are.
    case totalsDiffer = "totals-differ"
    /// One row comes twice, with the same figures both times: it counts once.
    case duplicateDays = "duplicate-days"
    /// A figure is an object.
    case wrongType = "wrong-type"
    /// Optional members are left out; a figure that is left out counts as 0.
    case missingFields = "missing-fields"
    /// Every object has a member that nobody documents.
    case unknownFields = "unknown-fields"
    /// An error of the provider's own under HTTP status 200, beside a result.
    case errorIn200 = "error-in-200"
    /// All tokens of the identity service die, and the call is told that its own has to be renewed.
    case revokedTokens = "revoked-tokens"
    /// The provider does not know the app.
    case unknownApp = "unknown-app"
    /// A good answer without any usage.
    case emptyUsage = "empty-usage"

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
            .serviceUnavailable, .gatewayTimeout, .hang, .redirect, .retryAfter, .retired, .revokedTokens, .unknownApp:
            .gateway
        case .slowDrip, .truncatedBody, .notJSON, .emptyData, .headerOnly, .bomCRLFQuoted, .duplicateRooms, .decimals,
            .negative, .letters, .tooFewFields, .notFinite, .invalidUTF8, .nullData, .oversized, .rowsOutsideWindow,
            .totalsDiffer, .duplicateDays, .wrongType, .missingFields, .unknownFields, .errorIn200, .emptyUsage:
            .answer
        }
    }
}
