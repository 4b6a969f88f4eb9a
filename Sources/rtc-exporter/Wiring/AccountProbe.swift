import Usage
import UsagePolling
import UsageProviders

/// Makes one real call for each account and source and says what came of it: a trial before the exporter runs.
struct AccountProbe {
    /// What came of one call.
    struct Finding {
        let account: String
        let api: String
        /// `ok`, or what is wrong in two words.
        let verdict: String
        /// What was found, or what to do.
        let sentence: String
        let isGood: Bool

        var line: String { "\(account) \(api): \(verdict). \(sentence)" }
    }

    let accounts: [AccountAccess]
    /// The wall clock.
    let now: @Sendable () -> UnixTime
    /// Keeps calls apart: also the first one of each API from those of an exporter that may just have ended.
    let sleep: @Sendable (Duration) async throws -> Void

    /// Probes all accounts, one call after the other.
    func run(_ report: (Finding) -> Void) async throws {
        for account in accounts {
            let (listed, finding) = try await list(account)
            if let finding { report(finding) }
            for name in account.sourceNames {
                guard let source = account.source(name), let reader = account.access.reader(for: source) else {
                    continue
                }
                guard let app = account.app(of: name) ?? listed?.id else {
                    report(account.finding(name, "not tried", "There is no app to ask about.", isGood: false))
                    continue
                }
                try await sleep(CallSpacing.firstWait(spacing: source.spacing))
                report(await probe(reader, app: app, account))
            }
        }
    }

    /// The first page of the account's list, where its apps come from there.
    private func list(_ account: AccountAccess) async throws -> (ListedApp?, Finding?) {
        guard let selection = account.account.selection, let lister = account.access.lister else { return (nil, nil) }
        try await sleep(CallSpacing.firstWait(spacing: lister.spacing))
        let now = now()
        let answer = await lister.list(page: 0, now: now)
        switch answer.result {
        case .success(let page):
            let chosen = page.apps.filter { selection.contains(id: $0.id, name: $0.name) }
            let more = page.isLast ? "" : " on its first page"
            let sentence = "The list has \(page.apps.count) apps\(more), of which \(chosen.count) are polled."
            return (chosen.first, account.finding(AppListPoller.api, "ok", sentence, isGood: true))
        case .failure(let failure):
            return (nil, finding(account, AppListPoller.api, failure, answer.providerTime, now))
        }
    }

    private func probe(_ reader: any UsageReader, app: String, _ account: AccountAccess) async -> Finding {
        let (source, now) = (reader.source, now())
        let today = source.day(containing: now)
        let first = source.grain == .days ? today.advanced(by: 1 - min(3, source.span)) : today
        guard let window = UsageWindow(first: first, last: today, through: now) else {
            return account.finding(
                source.name,
                "too early",
                "The day has just begun: try again in a minute.",
                isGood: false
            )
        }
        let answer = await reader.read(app: app, window: window, now: now)
        switch answer.result {
        case .success(let reading):
            let days = reading.days.map { "\($0.day): \($0.total.total) s" }.joined(separator: ", ")
            let told = days.isEmpty ? "nothing about \(first) to \(today) yet" : days
            let sentence = "App \(app) can be read: \(told)." + Self.clockSentence(answer.providerTime, now)
            return account.finding(source.name, "ok", sentence, isGood: true)
        case .failure(let failure):
            return finding(account, source.name, failure, answer.providerTime, now)
        }
    }

    private func finding(
        _ account: AccountAccess,
        _ api: String,
        _ failure: ReadingFailure,
        _ time: UnixTime?,
        _ now: UnixTime
    ) -> Finding {
        let verdict = failure.cause?.rawValue ?? failure.reason.rawValue
        return account.finding(api, verdict, "\(failure)" + Self.clockSentence(time, now), isGood: false)
    }

    /// A clock that is off by more than a minute is worth a word even where the provider does not mind.
    private static func clockSentence(_ time: UnixTime?, _ now: UnixTime) -> String {
        guard let time else { return "" }
        let seconds = (time - now).wholeMilliseconds / 1000
        guard abs(seconds) > 60 else { return "" }
        return
            " This machine's clock is \(abs(seconds)) s \(seconds > 0 ? "behind" : "ahead of") the provider's: set it."
    }
}

extension AccountAccess {
    /// The sources that any app of the account is read from, in the provider's order.
    fileprivate var sourceNames: [String] {
        let used = Set(account.apps.flatMap(\.sources) + (account.selection == nil ? [] : account.sources))
        return registration.sources.map(\.name).filter(used.contains)
    }

    /// The first app that is read from a source.
    fileprivate func app(of source: String) -> String? {
        account.apps.first { $0.sources.contains(source) }?.id
    }

    fileprivate func finding(_ api: String, _ verdict: String, _ sentence: String, isGood: Bool) -> AccountProbe.Finding
    {
        AccountProbe.Finding(
            account: account.name,
            api: api,
            verdict: verdict,
            sentence: sentence,
            isGood: isGood
        )
    }
}
