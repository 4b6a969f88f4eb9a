/// How Tencent speaks: `POST /`, the action in a header, one envelope, HTTP status 200 whatever happens.
struct TencentDialect: ProviderDialect {
    /// A checked call, with the apps that it is about.
    enum Query {
        case rooms(RoomUsageQuery)
        case usage(DateQuery, [SimulatedApp])
        case interactive(DateQuery, [SimulatedApp])
    }

    static let provider = SimulatedProvider.tencent
    static let version = "2019-07-22"
    static let regions: Set<String> = ["ap-guangzhou", "ap-singapore"]
    static let throttled = TencentError(
        .requestLimitExceeded,
        "Your current request times exceed the frequency limit."
    )
    static let tooLarge = TencentError(.requestSizeLimitExceeded, "The request body exceeds 10 MB.")
    static let actions: [String: SimulatedAPI] = [
        "DescribeTrtcRoomUsage": .roomUsage, "DescribeTrtcUsage": .trtcUsage,
        "DescribeTrtcInteractiveTime": .interactiveTime,
    ]

    private let configuration: SimulatorConfiguration
    private let truth: UsageTruth
    private let authentication: TencentAuthentication

    init(_ simulation: Simulation) {
        configuration = simulation.configuration
        truth = simulation.truth
        authentication = TencentAuthentication(accounts: configuration.accounts(of: .tencent))
    }

    static func refusal(ofMethod method: String) -> TencentError? {
        method == "POST" ? nil : TencentError(.unsupportedProtocol, "The simulator takes POST requests only.")
    }

    static func refusal(for kind: FaultKind, api: SimulatedAPI?) -> TencentError? {
        TencentFaults.refusal(kind, api)
    }

    func askedFor(by call: ReceivedCall) -> AskedFor {
        let action = call.header("X-TC-Action")
        let api = action.flatMap { Self.actions[$0] }
        return AskedFor(
            api: api,
            action: action,
            app: call.parameters?[api == .roomUsage ? "SdkAppid" : "SdkAppId"]?.identifier,
            from: call.parameters?["StartTime"]?.string,
            to: call.parameters?["EndTime"]?.string
        )
    }

    func claimedKey(of call: ReceivedCall) -> String? { authentication.claimed(by: call)?.secretID }

    func account(of call: ReceivedCall, now: Int) throws(TencentError) -> SimulatedAccount {
        try authentication.account(of: call, now: now)
    }

    func query(of call: ReceivedCall, account: SimulatedAccount, now: Int) throws(TencentError) -> Query {
        let api = try checkedAction(of: call)
        try Self.checkHeaders(of: call)
        let parameters = try TencentParameters(call)
        switch api {
        case .trtcUsage:
            let query = try DateQuery(parameters)
            return .usage(query, try apps(query, account))
        case .interactiveTime:
            let query = try DateQuery(parameters)
            return .interactive(query, try apps(query, account))
        default:
            let query = try RoomUsageQuery(parameters, now: now)
            try checkOwner(of: query.app, account)
            return .rooms(query)
        }
    }

    func answer(_ refusal: TencentError, asked: AskedFor, requestID: String) -> ProviderAnswer {
        ProviderAnswer(body: TencentEnvelope.error(refusal, requestID: requestID))
    }

    func answer(_ query: Query, fault: FaultKind?, now: Int, requestID: String) -> ProviderAnswer {
        let members: [JSONNode.Member]
        switch query {
        case .rooms(let query):
            let rows = truth.rows(app: query.app, from: query.from, to: query.to, now: now)
            members = [JSONNode.Member("Data", TencentFaults.table(fault, rows))]
        case .usage(let query, let apps):
            members = rows(.trtcUsage, query, apps, fault).usage(now: now)
        case .interactive(let query, let apps):
            members = rows(.interactiveTime, query, apps, fault).interactive(now: now)
        }
        return ProviderAnswer(body: TencentEnvelope.response(members, requestID: requestID))
    }

    private func rows(
        _ source: SimulatedSource,
        _ query: DateQuery,
        _ apps: [SimulatedApp],
        _ fault: FaultKind?
    ) -> TencentRows {
        TencentRows(
            source: source,
            query: query,
            apps: apps,
            fault: fault,
            configuration: configuration,
            truth: truth
        )
    }
}

extension TencentDialect {
    private func checkedAction(of call: ReceivedCall) throws(TencentError) -> SimulatedAPI {
        guard let api = askedFor(by: call).api else {
            throw TencentError(.invalidAction, "The request action is invalid or does not exist.")
        }
        if api == .interactiveTime, let retired = configuration.interactiveRetired {
            throw TencentError(
                retired == .actionOffline ? .actionOffline : .invalidAction,
                "The request action is not served any more."
            )
        }
        return api
    }

    private static func checkHeaders(of call: ReceivedCall) throws(TencentError) {
        guard call.header("X-TC-Version") == version else {
            throw TencentError(.noSuchVersion, "The version of the API does not exist.")
        }
        guard let region = call.header("X-TC-Region"), !region.isEmpty else { throw .missing("Region") }
        guard regions.contains(region) else {
            throw TencentError(.unsupportedRegion, "The region does not support this API.")
        }
        let type = call.header("Content-Type")?.lowercased().prefix { $0 != ";" && $0 != " " }
        guard type == "application/json" else {
            throw TencentError(.invalidParameter, "The content type is not application/json.")
        }
    }

    private func checkOwner(of app: String, _ account: SimulatedAccount) throws(TencentError) {
        if account.apps.contains(where: { $0.id == app }) { return }
        guard truth.app(app, of: .tencent) != nil else {
            throw TencentError(.sdkAppIdNotExist, "The SdkAppId does not exist.")
        }
        throw TencentError(.sdkAppIdNotUnderAppId, "The SdkAppId does not belong to the account.")
    }

    private func apps(_ query: DateQuery, _ account: SimulatedAccount) throws(TencentError) -> [SimulatedApp] {
        guard let id = query.app else { return account.apps }
        guard let app = account.apps.first(where: { $0.id == id }) else {
            throw TencentError(.invalidSdkAppId, "SdkAppId is incorrect.")
        }
        return [app]
    }
}
