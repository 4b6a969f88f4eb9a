import ExporterHTTP
import Logging
import ServiceLifecycle
import UsagePolling

/// The web configuration in force, and the watch that takes over what changes in its file or in one that it names.
struct WebProtectionWatch: Service {
    /// How often the files are looked at.
    static let interval = Duration.seconds(1)

    /// What the servers ask.
    let protection: ConfiguredWebProtection

    private typealias Files = [String: ReadRecorder.Outcome]

    private let path: String
    private let loader: WebConfigurationLoader
    private let logger: Logger
    private let sleep: @Sendable (Duration) async throws -> Void
    /// The files as they were at the start.
    private let first: Files

    /// Loads the file.
    ///
    /// - Parameters:
    ///   - path: Of the web configuration file.
    ///   - loader: Reads it.
    ///   - logger: Told of warnings, changes and mistakes.
    ///   - uptime: A monotonic clock.
    ///   - sleep: Waits.
    /// - Throws: All that is wrong with the file.
    init(
        path: String,
        loader: WebConfigurationLoader = WebConfigurationLoader(),
        logger: Logger,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) throws(ConfigurationErrors) {
        let (configuration, files) = Self.load(path, loader)
        let loaded = try configuration.get()
        for warning in loaded.warnings { logger.warning("\(warning)") }
        protection = ConfiguredWebProtection(loaded.settings, uptime: uptime)
        first = files
        self.path = path
        self.loader = loader
        self.logger = logger
        self.sleep = sleep
    }

    /// The watch over the file that a flag names, by the machine's clocks; `nil` without the flag.
    static func ofProcess(_ path: String?) throws(ConfigurationErrors) -> WebProtectionWatch? {
        guard let path else { return nil }
        let clock = SystemClock.pollClock(wall: SystemClock.now)
        return try WebProtectionWatch(
            path: path,
            logger: Logger(label: "http"),
            uptime: clock.uptime,
            sleep: clock.sleep
        )
    }

    /// Watches until the exporter ends.
    func run() async throws {
        await cancelWhenGracefulShutdown { await watch() }
    }

    /// Watches until waiting fails.
    ///
    /// A change counts once two looks have found the same: then nobody is just writing the file, or has replaced the
    /// certificate and not yet the key.
    func watch() async {
        var tried = first
        var before = first
        while (try? await sleep(Self.interval)) != nil {
            let now = read(tried.keys)
            if now != tried, now == before {
                tried = takeOver()
                before = tried
            } else {
                before = now
            }
        }
    }

    private func read(_ paths: Files.Keys) -> Files {
        let limit = ConfigurationLoader.fileLimit
        return Dictionary(uniqueKeysWithValues: paths.map { ($0, loader.surroundings.read($0, limit)) })
    }

    /// Puts the file in force as it is now, or says why not.
    ///
    /// - Returns: What the files were by then.
    private func takeOver() -> Files {
        let (loaded, files) = Self.load(path, loader)
        do {
            let configuration = try loaded.get()
            try protection.replace(by: configuration.settings)
            for warning in configuration.warnings { logger.warning("\(warning)") }
            logger.notice("The web configuration has changed and is in force.", metadata: ["path": "\(path)"])
        } catch let needed as ConfiguredWebProtection.RestartNeeded {
            logger.error(
                "The web configuration has changed: \(needed.reason), which needs a restart; the one before stays in force.",
                metadata: ["path": "\(path)"]
            )
        } catch {
            let mistakes = "\(error)".split(separator: "\n").joined(separator: "; ")
            logger.error(
                "The web configuration has changed and cannot be used; the one before stays in force: \(mistakes)"
            )
        }
        return files
    }

    private static func load(
        _ path: String,
        _ loader: WebConfigurationLoader
    ) -> (Result<WebConfiguration, ConfigurationErrors>, Files) {
        let recorder = ReadRecorder(loader.surroundings)
        var recording = loader
        recording.surroundings = recorder.surroundings
        do throws(ConfigurationErrors) {
            return (.success(try recording.load(path)), recorder.seen)
        } catch {
            return (.failure(error), recorder.seen)
        }
    }
}
