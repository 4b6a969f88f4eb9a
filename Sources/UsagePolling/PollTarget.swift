public import Usage

/// One app of one account and the reader that asks about it.
public struct PollTarget: Sendable {
    /// The account's name in the configuration.
    public let account: String
    /// Which app.
    public let app: AppKey
    /// Asks the provider. All targets of a budget have readers of the same source.
    public let reader: any UsageReader
    /// The cheap source that tells whether the app is in use, so that this one is asked when it is; `nil` where there is none.
    public let guide: UsageSource?

    /// An app to poll.
    public init(account: String, app: AppKey, reader: any UsageReader, guide: UsageSource? = nil) {
        self.guide = guide
        self.account = account
        self.app = app
        self.reader = reader
    }
}
