public import Logging
public import Usage

/// Asks a provider every hour which apps an account has, page by page, inside the limit of that list.
public actor AppListPoller {
    /// The name of the list in the label `api`.
    public static let api = "apps"
    private static let interval = Duration.seconds(3600)
    /// More pages than any account has apps for: a list that does not end is no list.
    private static let mostPages = 1000

    private let provider: Provider
    private let account: String
    private let lister: any AppLister
    private let gate: CallGate
    private let circuit: EndpointCircuit
    private let circuitListening: EndpointCircuit.Listening
    /// Ends the wait for an endpoint that does not answer.
    private let alarm = Alarm()
    private let clock: PollClock
    private let chance: @Sendable () -> Double
    private let onList: @Sendable ([ListedApp], UnixTime) async -> Void
    private let onFailure: @Sendable () -> Void
    private let logger: Logger

    private var counts = CallCounts()
    private var sideCalls: [String: CallCounts] = [:]
    private var providerClock = ProviderClock()
    private var failure: ReadingFailure?
    private var failuresInARow = 0
    /// Whether it waits after a failure.
    private var isBackingOff = false
    /// Ends that wait early; spacing may not be ended.
    private let retry = Alarm()

    /// - Parameters:
    ///   - provider: Whose list it is.
    ///   - account: The account's name in the configuration.
    ///   - lister: Asks for a page.
    ///   - gate: Keeps calls apart; the same one for all accounts that share a key.
    ///   - circuit: Whether the endpoint is alive; shared by all who call it.
    ///   - clock: The clocks.
    ///   - chance: From 0 to 1, different each time: spreads waits.
    ///   - logger: Told of each failure.
    ///   - onList: Called with each complete list and the time at which it was asked for.
    ///   - onFailure: Called after each failure, when the status has changed.
    public init(
        provider: Provider,
        account: String,
        lister: any AppLister,
        gate: CallGate,
        circuit: EndpointCircuit,
        clock: PollClock,
        chance: @escaping @Sendable () -> Double,
        logger: Logger,
        onList: @escaping @Sendable ([ListedApp], UnixTime) async -> Void,
        onFailure: @escaping @Sendable () -> Void
    ) {
        self.provider = provider
        self.account = account
        self.lister = lister
        self.gate = gate
        self.circuit = circuit
        circuitListening = circuit.onChange { [alarm] in alarm.ring() }
        self.clock = clock
        self.chance = chance
        self.logger = logger
        self.onList = onList
        self.onFailure = onFailure
    }

    /// Asks until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let askedAt = now
            switch await list() {
            case .success(let apps):
                if failure != nil { logger.info("The account's apps can be listed again.", metadata: place) }
                (failure, failuresInARow) = (nil, 0)
                await onList(apps, askedAt)
                try? await clock.sleep(Self.interval)
            case .failure(let failure):
                guard !Task.isCancelled else { return }
                let (sleep, wait) = (clock.sleep, wait(after: failure))
                onFailure()
                isBackingOff = true
                await retry.wait { try await sleep(wait) }
                isBackingOff = false
            }
        }
    }

    /// Ends the wait after a failure: keys were renewed, say.
    public func retryNow() {
        guard isBackingOff else { return }
        failuresInARow = 0
        retry.ring()
    }

    /// What the calls came to.
    public func status() -> AppListStatus {
        AppListStatus(
            provider: provider,
            account: account,
            minInterval: lister.spacing,
            calls: counts,
            sideCalls: sideCalls,
            failure: failure
        )
    }

    private var now: UnixTime { providerClock.now(wall: clock.now(), uptime: clock.uptime()) }
    private var place: Logger.Metadata { ["provider": "\(provider.rawValue)", "account": "\(account)"] }

    /// All pages, each in its turn.
    private func list() async -> Result<[ListedApp], ReadingFailure> {
        var apps: [ListedApp] = []
        for page in 0..<Self.mostPages {
            guard let (turn, pass) = await passage() else {
                return .failure(ReadingFailure(.unavailable, "The call was cancelled."))
            }
            let start = clock.uptime()
            let answer = await lister.list(page: page, now: now)
            note(answer, took: clock.uptime() - start)
            pass.tell(answer, target: "\(Self.api) \(account)", at: clock.uptime(), chance: chance())
            await gate.end(of: turn, at: clock.uptime())
            switch answer.result {
            case .failure(let failure): return .failure(failure)
            case .success(let found):
                apps += found.apps
                if found.isLast { return .success(apps) }
            }
        }
        return .failure(ReadingFailure(.malformed, "The list of apps has more than \(Self.mostPages) pages."))
    }

    /// Waits for a turn, and while the endpoint does not answer others either: then a turn has passed by the time that it
    /// does, and another one is taken.
    ///
    /// - Returns: The turn and the pass for it; `nil` when the task was cancelled.
    private func passage() async -> (turn: Duration, pass: EndpointCircuit.Pass)? {
        while !Task.isCancelled {
            let turn = await gate.reserve(at: clock.uptime())
            let wait = turn - clock.uptime()
            if wait > .zero { try? await clock.sleep(wait) }
            switch circuit.admission(at: clock.uptime()) {
            case .call(let pass): return (turn, pass)
            case .wait(let until):
                let (sleep, wait) = (clock.sleep, until - clock.uptime())
                await alarm.wait { try await sleep(wait) }
            }
        }
        return nil
    }

    private func note(_ answer: ProviderAnswer<AppListPage>, took: Duration) {
        for call in answer.sideCalls { sideCalls[call.api, default: CallCounts()].count(call) }
        guard answer.wasSent else { return }
        counts.count(SideCall(api: Self.api, failure: answer.result.failure?.reason, took: took))
        _ = providerClock.observe(answer, wall: clock.now(), uptime: clock.uptime(), took: took)
    }

    private func wait(after failure: ReadingFailure) -> Duration {
        failuresInARow += 1
        self.failure = failure
        var wait = Backoff(after: failure, spacing: lister.spacing, stretch: lister.spacing)
            .wait(failures: failuresInARow, chance: chance(), atLeast: failure.retryAfter)
        if failure.isMended, failuresInARow == 1 { wait = lister.spacing }
        logger.log(
            level: failure.advice == nil || failure.isMended ? .warning : .error,
            "The account's apps cannot be listed: those known stay. \(failure)",
            metadata: place.merging(["retry_in": "\(wait.wholeMilliseconds / 1000)s"]) { $1 }
        )
        return wait
    }
}

/// What came of asking for an account's apps.
public struct AppListStatus: Sendable {
    /// Whose list it is.
    public let provider: Provider
    /// The account's name in the configuration.
    public let account: String
    /// The spacing that is kept.
    public let minInterval: Duration
    /// Calls of the list.
    public let calls: CallCounts
    /// Calls of other APIs that were needed on the way, by their names.
    public let sideCalls: [String: CallCounts]
    /// Why the newest attempt failed; `nil` when it succeeded or there was none.
    public let failure: ReadingFailure?

    /// What came of asking.
    public init(
        provider: Provider,
        account: String,
        minInterval: Duration,
        calls: CallCounts,
        sideCalls: [String: CallCounts],
        failure: ReadingFailure?
    ) {
        self.provider = provider
        self.account = account
        self.minInterval = minInterval
        self.calls = calls
        self.sideCalls = sideCalls
        self.failure = failure
    }
}

extension Result where Failure == ReadingFailure {
    /// Why there is nothing.
    var failure: ReadingFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }

    /// Whether the answer can only come from the provider.
    var provesProvider: Bool {
        failure.map { $0.cause == .clockOff } ?? true
    }
}
