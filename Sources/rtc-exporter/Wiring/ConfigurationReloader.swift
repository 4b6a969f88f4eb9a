import ExporterHTTP
import Logging
import ServiceLifecycle
import UnixSignals
import Usage

/// The file that the exporter is configured by.
struct ConfigurationFile: Sendable {
    let path: String
    var loader = ConfigurationLoader(catalogue: ProviderRegistry.catalogue)

    /// Loads it as it is now, with its secrets.
    func load() throws(ConfigurationErrors) -> ExporterConfiguration {
        try loader.load(path)
    }
}

/// Loads the configuration anew on SIGHUP and on request, one time after the other: what is right comes into force, and
/// otherwise everything goes on as before.
actor ConfigurationReloader: Service {
    /// Why the newest attempt failed; `nil` when it did not.
    private(set) var problem: String?

    private let file: ConfigurationFile?
    private let polling: Polling
    private let surroundings: AccountAccess.Surroundings
    private let hangUps: UnixSignalsSequence
    private let turnstile = Turnstile()
    private let logger = Logger(label: "exporter")

    /// - Parameters:
    ///   - file: What to load; `nil` where the configuration comes from no file.
    ///   - polling: Puts plans in force.
    ///   - surroundings: What new accounts need on their way.
    ///   - hangUps: Tells of each SIGHUP, also of those before the start.
    init(
        file: ConfigurationFile?,
        polling: Polling,
        surroundings: AccountAccess.Surroundings,
        hangUps: UnixSignalsSequence
    ) {
        self.file = file
        self.polling = polling
        self.surroundings = surroundings
        self.hangUps = hangUps
    }

    func run() async throws {
        // However many signals come during one reload, one more has seen what they were sent for.
        let (wishes, wish) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await cancelWhenGracefulShutdown { [self, hangUps] in
            await withDiscardingTaskGroup { group in
                group.addTask { for await _ in hangUps { wish.yield() } }
                group.addTask { for await _ in wishes { _ = await self.reload() } }
            }
        }
    }

    /// Loads the configuration as it is now.
    ///
    /// - Returns: What came of it, as it was logged.
    func reload() async -> ReloadOutcome {
        await turnstile.enter()
        defer { turnstile.leave() }
        guard let file else {
            let sentence = "There is no configuration file, so that there is nothing to reload."
            logger.notice("\(sentence)")
            return .succeeded(sentence)
        }
        do {
            let changes = try await adopt(file)
            problem = nil
            logger.notice(
                "The configuration was reloaded.",
                metadata: ["accounts": "\(changes.accounts)", "apps": "\(changes.apps)"]
            )
            return .succeeded("The configuration was reloaded: \(changes).")
        } catch is CancellationError {
            return .failed("The exporter is about to end.")
        } catch {
            return await refuse(error)
        }
    }

    private func adopt(_ file: ConfigurationFile) async throws -> PlanChanges {
        let configuration = try file.load()
        let former = await polling.plan
        let plan = try PollingPlan(configuration, surroundings, following: former)
        let fixed = plan.keysThatNeedARestart(since: former).map { key in
            ConfigurationMessage(
                file: file.path,
                line: nil,
                column: nil,
                key: key,
                sentence: "this cannot change while the exporter runs; restart it, or put back what it was"
            )
        }
        guard fixed.isEmpty else { throw ConfigurationErrors(fixed) }
        let changes = try await polling.adopt(plan)
        for warning in configuration.warnings { logger.warning("\(warning)") }
        return changes
    }

    private func refuse(_ error: any Error) async -> ReloadOutcome {
        let lines = "\(error)".split(separator: "\n")
        for line in lines { logger.error("\(line)") }
        logger.error("The configuration was not reloaded: the one before stays in force.")
        problem = "The configuration could not be reloaded, and the one before stays in force: \(lines.first ?? "")"
        await polling.noteFailedLoad()
        return .failed("\(error)")
    }
}
