import HTTPTypes

/// How Huawei's RTC service speaks: GET requests with paths and query parameters, errors with HTTP statuses.
struct HuaweiDialect: ProviderDialect {
    static let provider = SimulatedProvider.huawei
    static let throttled = HuaweiError(
        .throttled,
        "The throttling threshold has been reached: policy user over ratelimit."
    )
    static let tooLarge = HuaweiError(.parameter, "The request body is too large")

    private let simulation: Simulation
    private let authentication: HuaweiAuthentication

    init(_ simulation: Simulation) {
        self.simulation = simulation
        authentication = HuaweiAuthentication(
            accounts: simulation.configuration.accounts(of: .huawei),
            tokens: simulation.tokens
        )
    }

    func askedFor(by call: ReceivedCall) -> AskedFor {
        let path = HuaweiPath(call)
        guard let api = path?.api else { return AskedFor() }
        return AskedFor(
            api: api,
            action: api.rawValue,
            app: call.queryValue("app"),
            from: call.queryValue("start_date"),
            to: call.queryValue("end_date")
        )
    }

    func claimedKey(of call: ReceivedCall) -> String? {
        authentication.claimed(by: call, now: simulation.clock.now)?.secretID
    }

    func account(of call: ReceivedCall, now: Int) throws(HuaweiError) -> SimulatedAccount {
        // The gateway finds the API before it looks at who calls.
        guard let path = HuaweiPath(call) else {
            throw HuaweiError(.notFound, "The API does not exist or has not been published in the environment.")
        }
        return try authentication.account(of: call, project: path.project, now: now)
    }

    func query(of call: ReceivedCall, account: SimulatedAccount, now: Int) throws(HuaweiError) -> HuaweiQuery {
        if HuaweiPath(call) == .apps { return try apps(call, account) }
        let query = try HuaweiUsageQuery(call, endDate: simulation.configuration.huaweiEndDate)
        guard account.apps.contains(where: { $0.id == query.app }) else { throw Self.unknownApp }
        return .usage(query)
    }

    static func refusal(for kind: FaultKind, api: SimulatedAPI?) -> HuaweiError? {
        switch kind {
        case .throttled: throttled
        case .signatureFailure:
            HuaweiError(.authentication, "Incorrect IAM authentication information: verify aksk signature fail.")
        case .unauthorizedOperation: HuaweiError(.forbidden, "The user is not allowed to call this API.")
        case .secretExpired, .revokedTokens: HuaweiError(.tokenExpired, "The token must be updated.")
        case .internalError: HuaweiError(.internalError, "Internal error.")
        case .gatewayTimeout: HuaweiError(.backend, "Backend timeout.")
        case .retired:
            HuaweiError(.notFound, "The API does not exist or has not been published in the environment.")
        case .unknownApp: unknownApp
        default: nil
        }
    }

    func answer(_ refusal: HuaweiError, asked: AskedFor, requestID: String) -> ProviderAnswer {
        ProviderAnswer(
            status: refusal.code.status,
            headers: Self.headers(requestID),
            body: .members([
                "error_code": .string(refusal.code.rawValue), "error_msg": .string(refusal.message),
                "request_id": .string(requestID),
            ])
        )
    }

    func answer(_ query: HuaweiQuery, fault: FaultKind?, now: Int, requestID: String) -> ProviderAnswer {
        let body: JSONNode
        switch query {
        case .usage(let query): body = usage(query, fault, now: now)
        case .apps(let page, let limit, let apps): body = Self.list(apps, page: page, limit: limit)
        }
        return ProviderAnswer(headers: Self.headers(requestID), body: body)
    }

    private static let unknownApp = HuaweiError(.parameter, "The app does not exist")

    private static func headers(_ requestID: String) -> HTTPFields {
        HTTPField.Name("X-Request-Id").map { [$0: requestID] } ?? [:]
    }
}

extension HuaweiDialect {
    private func apps(_ call: ReceivedCall, _ account: SimulatedAccount) throws(HuaweiError) -> HuaweiQuery {
        let page = try Self.number("offset", call, 0...1_000_000) ?? 0
        let limit = try Self.number("limit", call, 1...100) ?? 100
        let isWanted = call.queryValue("state").map { $0 == "ACTIVATION" } ?? true
        return .apps(page: page, limit: limit, apps: isWanted ? simulation.directory.listed(of: account) : [])
    }

    private static func number(
        _ name: String,
        _ call: ReceivedCall,
        _ range: ClosedRange<Int>
    ) throws(HuaweiError) -> Int? {
        guard let text = call.queryValue(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw HuaweiError(.parameter, "The value of parameter '\(name)' is not in its range")
        }
        return number
    }

    private static func list(_ apps: [SimulatedApp], page: Int, limit: Int) -> JSONNode {
        let rows = apps.dropFirst(page * limit).prefix(limit).map { app -> JSONNode in
            .members([
                "app_id": .string(app.id), "app_name": .string(app.name),
                "state": .members(["state": .string("ACTIVATION")]), "domain": .string("\(app.id).rtc.example.com"),
                "create_time": .string("2025-01-06T02:00:00Z"),
                "authentication": .members([
                    "authentication_enabled": .literal("true"),
                    "app_key": .string("simulated-app-key-huawei-\(app.id)"),
                ]),
            ])
        }
        return .members(["count": .number(apps.count), "apps": .array(rows)])
    }

    private func usage(_ query: HuaweiUsageQuery, _ fault: FaultKind?, now: Int) -> JSONNode {
        if fault == .nullData { return .members(["usage": .null]) }
        let faults = FigureRowFaults(
            kind: fault,
            outside: { after in
                row(day: after ? query.days.upperBound : query.days.lowerBound - 1, .init(audio: 60, hd: 60), fault)
            },
            inside: { row(day: query.days.lowerBound, .init(audio: 60, hd: 60), fault) },
            optional: (["video_hdp", "total_duration"], inAllRows: false)
        )
        let rows = query.days.compactMap { day in
            simulation.truth.claimed(.historyUsage, app: query.app, day: day, now: now).map { row(day: day, $0, fault) }
        }
        let distorted = faults.distorted(rows)
        let hash = StableHash(seed: simulation.configuration.seed).mixed(.order).mixed(query.days.lowerBound)
        let ordered = simulation.configuration.shuffled ? distorted.shuffled(by: hash) : distorted
        return .members(["usage": .array(ordered.map(\.object))])
    }

    private func row(day: Int, _ usage: TierSeconds, _ fault: FaultKind?) -> FigureRow {
        let figures = [
            ("video_sd", usage.sd), ("video_hd", usage.hd), ("video_hdp", usage.fhd), ("audio", usage.audio),
        ]
        let total = usage.sum + (fault == .totalsDiffer ? 7 : 0)
        return FigureRow(
            labels: [JSONNode.Member("date", .string(CivilDate(dayNumber: day).description))],
            figures: figures.map { JSONNode.Member($0, .seconds($1, fault)) }
                + [JSONNode.Member("total_duration", Self.total(total, of: figures.map(\.1), fault))]
        )
    }

    /// The total of figures that may each carry a quarter more.
    private static func total(_ total: Int, of figures: [Int], _ fault: FaultKind?) -> JSONNode {
        guard fault == .decimals else { return .number(total) }
        return .literal("\(Double(total) + Double(figures.count { $0 > 0 }) / 4)")
    }
}
