/// Who may call the simulated providers, what they own and how the providers behave.
public struct SimulatorConfiguration: Hashable, Sendable {
    /// The accounts that the providers know; at one provider their secret ids and their apps' ids are unique.
    public var accounts: [SimulatedAccount]
    /// Where all made-up usage comes from: the same seed gives the same usage.
    public var seed: UInt64
    /// The least distance between two calls of one account to Tencent's room usage action.
    public var spacing: Duration
    /// How late usage becomes visible at Tencent and Huawei; at Volcengine it is always 8 hours.
    public var lag: ArrivalLag
    /// Whether a day's figures are slightly incomplete until about 09:30 on the next day; at Volcengine until about 08:30,
    /// at Huawei until 12 hours after the day.
    public var revisions: Bool
    /// The spacings of one account's calls to the other APIs, where not the documented ones; see ``limit(of:provider:)``.
    public var spacings: [SimulatedAPI: Duration] = [:]
    /// How old days grow once more; `nil` when they do not.
    public var restatement: Restatement?
    /// Whether rows and columns come in a made-up order.
    public var shuffled = true
    /// What a five minute row of Tencent's is labelled with.
    public var fiveMinuteLabels = FiveMinuteLabels.start
    /// Whether Tencent's answers have rows without usage.
    public var zeroRows = false
    /// How DescribeTrtcInteractiveTime writes the app's id.
    public var interactiveAppID = AppIDForm.text
    /// Over how many entries DescribeTrtcInteractiveTime spreads an app's rows; at least one.
    public var interactiveEntries = 1
    /// What DescribeTrtcInteractiveTime answers when it is served no more; `nil` while it is.
    public var interactiveRetired: RetiredAnswer?
    /// Whether Huawei's answers include the day of `end_date`.
    public var huaweiEndDate = HuaweiEndDate.inclusive
    /// Whether Huawei's answers have the day that is not over.
    public var huaweiListsToday = true
    /// How long a token of Huawei's identity service is good for, by the simulated clock.
    public var tokenLife = Duration.seconds(86_400)
    /// What Huawei and Volcengine say about days without usage.
    public var quietDays = QuietDays.absent
    /// The region that calls to Volcengine have to be signed for.
    public var volcengineRegion = "cn-north-1"
    /// Whether Volcengine answers with HTTP 200 where its RTC service, not its gateway, says no.
    public var volcengineErrorsWithStatus200 = true
    /// What Volcengine answers when there is no usage at all.
    public var volcengineEmptyUsages = EmptyUsages.null

    /// A configuration, by default with the providers' documented limits and delays.
    public init(
        accounts: [SimulatedAccount],
        seed: UInt64 = 1,
        spacing: Duration = .seconds(15),
        lag: ArrivalLag = .documented,
        revisions: Bool = true
    ) {
        self.accounts = accounts
        self.seed = seed
        self.spacing = spacing
        self.lag = lag
        self.revisions = revisions
    }

    /// The apps of all accounts, in order.
    public var apps: [SimulatedApp] { accounts.flatMap(\.apps) }

    /// The accounts at one provider, in order.
    public func accounts(of provider: SimulatedProvider) -> [SimulatedAccount] {
        accounts.filter { $0.provider == provider }
    }

    /// How many calls of one account to an API may arrive in how long a stretch.
    ///
    /// Where another spacing than the documented one is set, calls are counted over the documented time, of which whole spacings
    /// fit; with a shorter one, as many calls as documented over a shorter time.
    public func limit(of api: SimulatedAPI, provider: SimulatedProvider) -> ArrivalLimit {
        let documented = documentedLimit(of: api, provider: provider)
        guard let own = spacings[api] else { return documented }
        let fitting = own > .zero ? Int(documented.period / own) : documented.calls
        let calls = max(1, min(documented.calls, fitting))
        return ArrivalLimit(calls: calls, period: own * calls)
    }

    /// The time between two calls of one account to an API that the limit allows on average.
    public func spacing(of api: SimulatedAPI, provider: SimulatedProvider) -> Duration {
        let limit = limit(of: api, provider: provider)
        return limit.period / limit.calls
    }

    private func documentedLimit(of api: SimulatedAPI, provider: SimulatedProvider) -> ArrivalLimit {
        switch api {
        case .roomUsage: ArrivalLimit(calls: 1, period: spacing)
        case .trtcUsage: ArrivalLimit(calls: 5, period: .seconds(1))
        case .interactiveTime: ArrivalLimit(calls: 20, period: .seconds(1))
        case .historyUsage: ArrivalLimit(calls: 30, period: .seconds(60))
        case .listUsages: ArrivalLimit(calls: 2, period: .seconds(1))
        case .apps: ArrivalLimit(calls: 1, period: provider == .huawei ? .seconds(1) : .milliseconds(500))
        case .iamTokens: ArrivalLimit(calls: 1, period: .zero)
        }
    }
}
