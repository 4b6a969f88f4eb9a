public import Usage

/// An account of Volcengine: a key of its access management at one of its entries.
///
/// Secrets are `access_key`, `secret_key` and, for temporary keys, `token`; further settings `region`.
public struct VolcengineAccount: ProviderAccount {
    private let call: VolcengineCall

    /// An account.
    public init(_ settings: AccountSettings) {
        call = VolcengineCall(
            region: settings.details["region"] ?? VolcengineProvider.defaultRegion,
            call: AccountCall(endpoint: settings.endpoint, keys: settings.keys, transport: settings.transport)
        )
    }

    /// The reader of one of ``VolcengineProvider/sources``, with the user's corrections.
    public func reader(for source: UsageSource) -> (any UsageReader)? {
        switch source.name {
        case VolcengineProvider.listUsages.name: VolcengineListUsages(source: source, call: call)
        default: nil
        }
    }

    /// The list of the account's apps.
    public var lister: (any AppLister)? { VolcengineAppList(call: call) }
}
