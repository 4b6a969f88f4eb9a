/// What a fault means for a correct client, source by source.
extension FaultKind {
    /// Whether there is such a fault at a source. One that does not apply spares the source's calls.
    public func applies(to source: SimulatedSource) -> Bool { applies(toCallsOf: source.api) }

    /// Whether there is such a fault at an API. One that does not apply spares its calls.
    public func applies(toCallsOf api: SimulatedAPI) -> Bool {
        switch self {
        case .throttled, .signatureFailure, .unauthorizedOperation, .secretExpired, .internalError,
            .serviceUnavailable, .gatewayTimeout, .hang, .slowDrip, .truncatedBody, .notJSON, .oversized, .redirect,
            .wrongClock, .retryAfter, .unknownFields, .retired:
            // The identity service asks neither for a clock nor for a signature.
            api != .iamTokens || ![.wrongClock, .retired].contains(self)
        case .emptyData, .headerOnly, .bomCRLFQuoted, .duplicateRooms: api == .roomUsage
        case .tooFewFields: api == .roomUsage || api == .trtcUsage
        case .decimals, .negative, .letters, .notFinite, .invalidUTF8, .nullData, .unknownApp, .emptyUsage:
            api.source != nil
        case .rowsOutsideWindow, .duplicateDays, .wrongType, .missingFields: api.source != nil && api != .roomUsage
        case .totalsDiffer: api == .historyUsage
        case .errorIn200: api == .listUsages
        case .revokedTokens: api == .historyUsage || api == .apps
        }
    }

    /// The outcome that a correct client counts for one call to a source that the fault strikes: `ok`, `throttled`,
    /// `unauthorized`, `rejected`, `unavailable`, `timeout` or `malformed`.
    ///
    /// Where the fault does not apply, `ok`. A client that waits for more than two minutes gets a slow answer, and one that
    /// calls Huawei with a token is not refused for its clock.
    public func expectedOutcome(for source: SimulatedSource) -> String {
        guard applies(to: source) else { return "ok" }
        return switch self {
        case .throttled, .retryAfter: "throttled"
        case .signatureFailure, .unauthorizedOperation, .secretExpired, .wrongClock, .revokedTokens: "unauthorized"
        case .internalError, .serviceUnavailable, .gatewayTimeout, .truncatedBody, .errorIn200: "unavailable"
        case .hang, .slowDrip: "timeout"
        case .redirect, .retired, .unknownApp: "rejected"
        case .notJSON, .negative, .letters, .tooFewFields, .notFinite, .oversized, .wrongType: "malformed"
        // Tencent documents its members as always there; the other two's may be left out.
        case .nullData: source.provider == .tencent ? "malformed" : "ok"
        case .emptyData, .headerOnly, .bomCRLFQuoted, .duplicateRooms, .decimals, .invalidUTF8, .rowsOutsideWindow,
            .totalsDiffer, .duplicateDays, .missingFields, .unknownFields, .emptyUsage:
            "ok"
        }
    }

    /// Whether a correct client holds what ``UsageTruth/claimed(_:app:day:now:)`` says although the fault struck.
    ///
    /// Figures are compared after rounding to the nearest second, by tier and without regard to room ids. `false` for
    /// whatever gives the client no figures.
    public func keepsFigures(for source: SimulatedSource) -> Bool {
        guard expectedOutcome(for: source) == "ok" else { return false }
        guard applies(to: source) else { return true }
        return switch self {
        case .emptyData, .headerOnly, .emptyUsage, .nullData: false
        // Here the full high definition figure of the newest row is left out.
        case .missingFields: source.provider == .tencent
        default: true
        }
    }
}
