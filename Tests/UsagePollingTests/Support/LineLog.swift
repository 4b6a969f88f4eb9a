import Logging
import Synchronization

/// Keeps lines from `info` up, each with the metadata that the test looks at.
final class LineLog: LogHandler, Sendable {
    private let keys: [String]
    private let storage = Mutex<[String]>([])

    init(_ keys: [String] = ["app", "outcome", "retry_in"]) {
        self.keys = keys
    }

    var all: [String] { storage.withLock { $0 } }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let shown = keys.compactMap { key in
            event.metadata?[key].map { "\(key)=\($0)" }
        }
        let line = (["\(event.level)", "\(event.message)"] + shown).joined(separator: " ")
        storage.withLock { $0.append(line) }
    }
}
