import Synchronization

/// Reads files for somebody else and keeps what was in them, so that it can be seen later whether that has changed.
final class ReadRecorder: Sendable {
    /// What reading a file gave.
    typealias Outcome = Result<[UInt8], FileReadProblem>

    private let outcomes = Mutex<[String: Outcome]>([:])
    private let original: ConfigurationSurroundings

    init(_ original: ConfigurationSurroundings) {
        self.original = original
    }

    /// By path.
    var seen: [String: Outcome] { outcomes.withLock { $0 } }

    /// To be used in place of the original.
    var surroundings: ConfigurationSurroundings {
        ConfigurationSurroundings(
            environment: original.environment,
            readFile: { path, limit throws(FileReadProblem) in
                let outcome = self.original.read(path, limit)
                self.outcomes.withLock { $0[path] = outcome }
                return try outcome.get()
            },
            hasSecrets: original.hasSecrets
        )
    }
}

extension ConfigurationSurroundings {
    /// What reading a file gives.
    func read(_ path: String, _ limit: Int) -> ReadRecorder.Outcome {
        do throws(FileReadProblem) {
            return .success(try readFile(path, limit))
        } catch {
            return .failure(error)
        }
    }
}
