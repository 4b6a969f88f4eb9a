import HTTPTypes

/// How Volcengine speaks: `POST /` with the action in the query, one envelope for answers and errors.
struct VolcengineDialect: ProviderDialect {
    static let provider = SimulatedProvider.volcengine
    static let version = "2023-11-01"
    static let throttled = VolcengineError(.flowLimitExceeded, "The request exceeds the flow limit of the API.")
    static let tooLarge = VolcengineError(.invalidParameter, "The request body is too large.")
    static let actions: [String: SimulatedAPI] = ["ListUsages": .listUsages, "ListApps": .apps]

    private let simulation: Simulation
    private let authentication: VolcengineAuthentication

    init(_ simulation: Simulation) {
        self.simulation = simulation
        authentication = VolcengineAuthentication(
            accounts: simulation.configuration.accounts(of: .volcengine),
            region: simulation.configuration.volcengineRegion
        )
    }

    func askedFor(by call: ReceivedCall) -> AskedFor {
        let action = call.queryValue("Action")
        return AskedFor(
            api: action.flatMap { Self.actions[$0] },
            action: action,
            app: call.parameters?["AppId"]?.identifier,
            from: call.parameters?["StartTime"]?.string,
            to: call.parameters?["EndTime"]?.string
        )
    }

    func claimedKey(of call: ReceivedCall) -> String? { authentication.claimed(by: call)?.secretID }

    func account(of call: ReceivedCall, now: Int) throws(VolcengineError) -> SimulatedAccount {
        guard let action = call.queryValue("Action"), let version = call.queryValue("Version") else {
            throw VolcengineError(.missingParameter, "Action or Version is missing.")
        }
        guard call.method == "POST", Self.actions[action] != nil, version == Self.version else {
            throw Self.refusedAction
        }
        return try authentication.account(of: call, now: now)
    }

    func query(of call: ReceivedCall, account: SimulatedAccount, now: Int) throws(VolcengineError) -> VolcengineQuery {
        guard askedFor(by: call).api == .listUsages else { return try apps(call, account) }
        guard !call.body.isEmpty else { throw VolcengineError(.bodyIsEmpty, "The body is empty.") }
        guard let parameters = call.parameters else {
            throw VolcengineError(.unmarshal, "The body is not a JSON object.")
        }
        let query = try ListUsagesQuery(parameters, now: now)
        guard simulation.truth.app(query.app, of: .volcengine) != nil else { throw Self.unknownApp }
        guard account.apps.contains(where: { $0.id == query.app }) else {
            throw VolcengineError(.noPermissionForApp, "The account has no permission for this AppId.")
        }
        return .usages(query)
    }

    static func refusal(for kind: FaultKind, api: SimulatedAPI?) -> VolcengineError? {
        switch kind {
        case .throttled: throttled
        case .signatureFailure: VolcengineAuthentication.mismatch
        case .unauthorizedOperation: VolcengineError(.accessDenied, "The user is not authorized to do this.")
        case .secretExpired: VolcengineError(.invalidSecretToken, "The security token has expired.")
        case .internalError: VolcengineError(.internalError, "An internal error occurred.")
        case .gatewayTimeout: VolcengineError(.internalServiceTimeout, "The service did not answer in time.")
        case .retired: refusedAction
        case .unknownApp: unknownApp
        default: nil
        }
    }

    func answer(_ refusal: VolcengineError, asked: AskedFor, requestID: String) -> ProviderAnswer {
        let isWith200 = refusal.code.isOfService && simulation.configuration.volcengineErrorsWithStatus200
        return ProviderAnswer(
            status: isWith200 ? .ok : refusal.code.status,
            body: .object([metadata(asked.action, refusal, requestID: requestID)])
        )
    }

    func answer(_ query: VolcengineQuery, fault: FaultKind?, now: Int, requestID: String) -> ProviderAnswer {
        let result: JSONNode
        let action: String
        switch query {
        case .usages(let query): (action, result) = ("ListUsages", usages(query, fault, now: now))
        case .apps(let offset, let limit, let apps):
            (action, result) = ("ListApps", Self.list(apps, offset: offset, limit: limit))
        }
        let error = fault == .errorIn200 ? Self.refusal(for: .internalError, api: nil) : nil
        return ProviderAnswer(
            body: .object([
                metadata(action, error, requestID: requestID), JSONNode.Member("Result", result),
            ])
        )
    }

    private static let refusedAction = VolcengineError(.invalidActionOrVersion, "There is no such action or version.")
    private static let unknownApp = VolcengineError(.notExistAppId, "The AppId does not exist.")

    private func metadata(_ action: String?, _ error: VolcengineError?, requestID: String) -> JSONNode.Member {
        var members = [
            JSONNode.Member("RequestId", .string(requestID)), JSONNode.Member("Action", .string(action ?? "")),
            // Not the version that was asked for: so it stands in the sample of the provider's page.
            JSONNode.Member("Version", .string("2020-12-01")), JSONNode.Member("Service", .string("rtc")),
            JSONNode.Member("Region", .string(simulation.configuration.volcengineRegion)),
        ]
        if let error {
            let number = error.code.number.map { [JSONNode.Member("CodeN", .number($0))] } ?? []
            let words = [
                JSONNode.Member("Code", .string(error.code.rawValue)),
                JSONNode.Member("Message", .string(error.message)),
            ]
            members.append(JSONNode.Member("Error", .object(number + words)))
        }
        return JSONNode.Member("ResponseMetadata", .object(members))
    }
}

extension VolcengineDialect {
    private func apps(_ call: ReceivedCall, _ account: SimulatedAccount) throws(VolcengineError) -> VolcengineQuery {
        let parameters = call.body.isEmpty ? [:] : call.parameters
        guard let parameters else { throw VolcengineError(.unmarshal, "The body is not a JSON object.") }
        return .apps(
            offset: try Self.number("Offset", parameters, 0...1_000_000) ?? 0,
            limit: try Self.number("Limit", parameters, 1...100) ?? 50,
            apps: simulation.directory.listed(of: account)
        )
    }

    private static func number(
        _ name: String,
        _ parameters: [String: JSONValue],
        _ range: ClosedRange<Int>
    ) throws(VolcengineError) -> Int? {
        guard let value = parameters[name] else { return nil }
        guard let number = value.identifier.flatMap({ Int($0) }), range.contains(number) else {
            throw VolcengineError(.invalidParameter, "\(name) is not in its range.")
        }
        return number
    }

    private static func list(_ apps: [SimulatedApp], offset: Int, limit: Int) -> JSONNode {
        let rows = apps.dropFirst(offset).prefix(limit).map { app -> JSONNode in
            .members([
                "AppId": .string(app.id), "AppKey": .string("simulated-app-key-\(app.id)"),
                "AppName": .string(app.name), "SecondaryAppKey": .string("simulated-app-key-2-\(app.id)"),
                "Status": .number(1), "CreateAt": .string("2025-01-06T10:00:00+08:00"),
            ])
        }
        return .members([
            "AppList": .array(rows), "Total": .number(apps.count), "Limit": .number(limit), "Offset": .number(offset),
        ])
    }

    private func usages(_ query: ListUsagesQuery, _ fault: FaultKind?, now: Int) -> JSONNode {
        if fault == .nullData { return .members(["Usages": .null]) }
        let faults = FigureRowFaults(
            kind: fault,
            outside: { after in
                let (first, last) = (
                    SimulatedDay(containing: query.from).number, SimulatedDay(containing: query.to).number
                )
                return row(SimulatedDay(number: after ? last + 1 : first - 1), .init(audio: 60, hd: 60), fault)
            },
            inside: { row(SimulatedDay(containing: query.from), .init(audio: 60, hd: 60), fault) },
            optional: (["VideoHD"], inAllRows: false)
        )
        let rows = query.days.compactMap { day in
            simulation.truth.claimed(.listUsages, app: query.app, day: day.number, now: now)
                .map { row(day, $0, fault) }
        }
        let distorted = faults.distorted(rows)
        if distorted.isEmpty { return empty }
        let hash = StableHash(seed: simulation.configuration.seed).mixed(.order).mixed(query.from)
        let ordered = simulation.configuration.shuffled ? distorted.shuffled(by: hash) : distorted
        return .members(["Usages": .array(ordered.map(\.object))])
    }

    private var empty: JSONNode {
        switch simulation.configuration.volcengineEmptyUsages {
        case .null: .members(["Usages": .null])
        case .missing: .object([])
        case .empty: .members(["Usages": .array([])])
        }
    }

    private func row(_ day: SimulatedDay, _ usage: TierSeconds, _ fault: FaultKind?) -> FigureRow {
        let figures = [
            ("Audio", usage.audio), ("VideoSDM", usage.sd), ("VideoSD", usage.hd), ("VideoHD", usage.fhd),
        ]
        return FigureRow(
            labels: [JSONNode.Member("TimeStamp", .string(RFC3339.startOfDay(day)))],
            figures: figures.map { name, seconds in
                let minutes = seconds / 60
                // 0.004 minutes are about a quarter of a second.
                let isOdd = fault == .decimals && minutes > 0
                return JSONNode.Member(name, .literal(isOdd ? "\(minutes).004" : "\(minutes)"))
            }
        )
    }
}
