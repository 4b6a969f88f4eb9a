import HTTPTypes

/// A refusal of the identity service.
struct IAMError: ProviderRefusal, Equatable {
    let status: HTTPResponse.Status
    let message: String

    init(_ status: HTTPResponse.Status, _ message: String) {
        self.status = status
        self.message = message
    }

    var outcome: String { String(status.code) }
}

/// How Huawei's identity service (IAM) speaks: `POST /v3/auth/tokens` with a password and a project.
///
/// Source: <https://support.huaweicloud.com/api-iam/iam_30_0001.html>.
struct IAMDialect: ProviderDialect {
    static let provider = SimulatedProvider.huawei
    static let throttled = IAMError(.tooManyRequests, "The throttling threshold has been reached.")
    static let tooLarge = IAMError(.badRequest, "The request body is too large.")

    private let accounts: [SimulatedAccount]
    private let tokens: IssuedTokens
    private let tokenLife: Duration

    init(_ simulation: Simulation) {
        accounts = simulation.configuration.accounts(of: .huawei)
        tokens = simulation.tokens
        tokenLife = simulation.configuration.tokenLife
    }

    func askedFor(by call: ReceivedCall) -> AskedFor {
        guard call.method == "POST", call.path == "/v3/auth/tokens" else { return AskedFor() }
        return AskedFor(api: .iamTokens, action: SimulatedAPI.iamTokens.rawValue)
    }

    func claimedKey(of call: ReceivedCall) -> String? { Login(call).flatMap(account)?.secretID }

    func account(of call: ReceivedCall, now: Int) throws(IAMError) -> SimulatedAccount {
        guard askedFor(by: call).api != nil else { throw IAMError(.notFound, "The resource could not be found.") }
        guard let login = Login(call) else { throw IAMError(.badRequest, "The request body is invalid.") }
        guard let account = account(login), account.user?.password == login.password else {
            throw IAMError(.unauthorized, "The username or password is wrong.")
        }
        return account
    }

    func query(of call: ReceivedCall, account: SimulatedAccount, now: Int) throws(IAMError) -> SimulatedAccount {
        guard let scope = Login(call)?.project, scope == account.user?.project || scope == account.projectID else {
            throw IAMError(.unauthorized, "The project of the scope does not exist.")
        }
        return account
    }

    static func refusal(for kind: FaultKind, api: SimulatedAPI?) -> IAMError? {
        switch kind {
        case .throttled: throttled
        case .signatureFailure, .secretExpired: IAMError(.unauthorized, "The username or password is wrong.")
        case .unauthorizedOperation: IAMError(.forbidden, "You are not authorized to perform the requested action.")
        case .internalError: IAMError(.internalServerError, "An unexpected error occurred.")
        default: nil
        }
    }

    func answer(_ refusal: IAMError, asked: AskedFor, requestID: String) -> ProviderAnswer {
        let error = JSONNode.members([
            "code": .number(refusal.status.code), "message": .string(refusal.message),
            "title": .string(refusal.status.reasonPhrase),
        ])
        return ProviderAnswer(status: refusal.status, body: .members(["error": error]))
    }

    func answer(_ account: SimulatedAccount, fault: FaultKind?, now: Int, requestID: String) -> ProviderAnswer {
        let expiry = now + tokenLife.milliseconds
        let token = tokens.issue(to: account, expiry: expiry)
        let content = JSONNode.members([
            "expires_at": .string(Self.text(expiry)), "issued_at": .string(Self.text(now)),
            "methods": .array([.string("password")]),
            "project": .members(["id": .string(account.projectID), "name": .string(account.user?.project ?? "")]),
            "user": .members(["name": .string(account.user?.name ?? "")]),
        ])
        return ProviderAnswer(
            status: .created,
            headers: HTTPField.Name("X-Subject-Token").map { [$0: token] } ?? [:],
            body: .members(["token": content])
        )
    }

    private func account(_ login: Login) -> SimulatedAccount? {
        accounts.first { $0.user?.domain == login.domain && $0.user?.name == login.name }
    }

    /// A moment with six decimals of its seconds.
    private static func text(_ milliseconds: Int) -> String {
        HTTPDate.iso8601(milliseconds).dropLast() + "000Z"
    }
}

/// A login as it stands in the body of a request.
private struct Login {
    let domain: String
    let name: String
    let password: String
    /// Name or id of the project; `nil` when the scope names none.
    let project: String?

    init?(_ call: ReceivedCall) {
        let auth = call.parameters?["auth"]?.members
        let identity = auth?["identity"]?.members
        let user = identity?["password"]?.members?["user"]?.members
        guard identity?["methods"] == .array([.string("password")]), let name = user?["name"]?.string,
            let password = user?["password"]?.string, let domain = user?["domain"]?.members?["name"]?.string
        else { return nil }
        self.domain = domain
        self.name = name
        self.password = password
        let project = auth?["scope"]?.members?["project"]?.members
        self.project = (project?["id"] ?? project?["name"])?.string
    }
}
