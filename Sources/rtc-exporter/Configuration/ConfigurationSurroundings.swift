import Foundation

/// What the configuration needs from outside the file: the environment and other files. A value: tests play both.
struct ConfigurationSurroundings: Sendable {
    typealias Environment = @Sendable (_ name: String) -> String?
    typealias ReadFile = @Sendable (_ path: String, _ limit: Int) throws(FileReadProblem) -> [UInt8]

    let environment: Environment
    let readFile: ReadFile
    /// Whether secrets are fetched. Who calls nobody needs none, and may work where they are not.
    var hasSecrets = true

    /// The real ones of this process.
    static let process = ConfigurationSurroundings(
        environment: { ProcessInfo.processInfo.environment[$0] },
        readFile: readWholeFile
    )

    /// Those of a process that works with what is recorded only.
    static let processWithoutSecrets: ConfigurationSurroundings = {
        var surroundings = process
        surroundings.hasSecrets = false
        return surroundings
    }()
}

/// Why a file could not be read.
enum FileReadProblem: Error, Hashable {
    case missing
    case directory
    case forbidden
    case larger(limit: Int)
    case unreadable

    /// What follows "the file PATH" in a sentence.
    var sentencePart: String {
        switch self {
        case .missing: "does not exist"
        case .directory: "is a folder"
        case .forbidden: "may not be read: permission denied"
        case .larger(let limit): "is larger than \(limit / 1024) KiB"
        case .unreadable: "cannot be read"
        }
    }
}
