public import Usage

/// An account of Huawei Cloud: an access key, or an IAM user with a password, and one project.
///
/// Secrets are `access_key`, `secret_key` and, for temporary keys, `token`; or `password`. Further settings are
/// `project_id` and, with a password, `domain`, `user` and optionally `iam_endpoint` and `project`, the project's name.
/// An account that has an access key uses it.
///
/// Tokens are kept by the account, so that whoever reads several sources or apps with one password makes one account.
/// Refusals are counted by key and store, however many accounts use them.
public struct HuaweiAccount: ProviderAccount {
    private let call: HuaweiCall

    /// An account.
    public init(_ settings: AccountSettings) {
        self.init(settings, registry: .shared)
    }

    init(_ settings: AccountSettings, registry: SignatureGuardRegistry) {
        let uptime = settings.uptime
        let guards = SignatureGuards(store: settings.refusals, uptime: uptime, registry: registry)
        call = HuaweiCall(
            details: settings.details,
            call: AccountCall(endpoint: settings.endpoint, keys: settings.keys, transport: settings.transport),
            tokens: IAMTokens(Result { () throws(ReadingFailure) in try settings.tokenCall(guards) }, uptime: uptime),
            guardian: { guards.find("huawei", key: $0.accessKey.reveal()) }
        )
    }

    /// The reader of one of ``HuaweiProvider/sources``, with the user's corrections.
    public func reader(for source: UsageSource) -> (any UsageReader)? {
        switch source.name {
        case HuaweiProvider.historyUsage.name: HuaweiHistoryUsage(source: source, call: call)
        default: nil
        }
    }

    /// The account's apps.
    public var lister: (any AppLister)? { HuaweiAppList(call: call) }
}

extension AccountSettings {
    /// How this account asks for tokens.
    fileprivate func tokenCall(_ guards: SignatureGuards) throws(ReadingFailure) -> IAMTokenCall {
        let user = try HuaweiUser(details)
        let endpoint: Endpoint
        do throws(Endpoint.Problem) {
            endpoint = try Endpoint(details["iam_endpoint"] ?? HuaweiProvider.defaultIAMEndpoint)
        } catch {
            throw ReadingFailure(
                .rejected,
                "The iam_endpoint cannot be used: \(error.sentence).",
                advice: "Set iam_endpoint of this account.",
                scope: .account
            )
        }
        return IAMTokenCall(
            user: user,
            call: AccountCall(endpoint: endpoint, keys: keys, transport: transport),
            guardian: guards.find("huawei-iam", key: "\(user.domain)\0\(user.user)")
        )
    }
}
