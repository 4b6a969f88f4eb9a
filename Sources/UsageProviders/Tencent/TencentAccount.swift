public import Usage

/// An account of Tencent Cloud: a key of its access management at one of the two sites.
///
/// Secrets are `secret_id`, `secret_key` and, for temporary keys, `token`; further settings `region`.
public struct TencentAccount: ProviderAccount {
    private let call: TencentCall

    /// An account.
    public init(_ settings: AccountSettings) {
        call = TencentCall(
            region: settings.details["region"] ?? TencentProvider.defaultRegion,
            call: AccountCall(endpoint: settings.endpoint, keys: settings.keys, transport: settings.transport)
        )
    }

    /// The reader of one of ``TencentProvider/sources``, with the user's corrections.
    public func reader(for source: UsageSource) -> (any UsageReader)? {
        switch source.name {
        case TencentProvider.trtcUsage.name: TencentUsage(source: source, call: call)
        case TencentProvider.interactiveTime.name: TencentInteractiveTime(source: source, call: call)
        case TencentProvider.roomUsage.name: TencentRoomUsage(source: source, call: call)
        default: nil
        }
    }

    /// The API has no list of apps.
    public var lister: (any AppLister)? { nil }
}
