import Foundation
import TestSupport

/// A process of its own that records a sequence of readings until it is killed.
struct KilledWriter {
    /// When to kill.
    enum Moment {
        /// That long after the start, be the ledger open by then or not.
        case afterStart(Duration)
        /// That long after the ledger was opened, so that it is recording.
        case afterOpening(Duration)
        /// The same, but not before the file or its log is next written: of the time that a reading takes, the kernel's writing
        /// is a small part that would hardly ever be struck.
        case atWriting(Duration)
    }

    /// Whether the ledger was open.
    let hadOpened: Bool
    /// The numbers of the readings that it said were recorded.
    let acknowledged: [Int]

    private enum Problem: Error {
        case noOpening(String)
        case notKilled(Int32)
    }

    /// Starts a writer with the reading of a number and kills it.
    static func run(on path: String, seed: UInt64, from number: Int, until moment: Moment) async throws -> KilledWriter
    {
        let (output, errors) = (path + ".told", path + ".errors")
        for file in [output, errors] { try Data().write(to: URL(filePath: file)) }
        let process = Process()
        process.executableURL = Self.program
        process.arguments = [path, "\(seed)", "\(number)"]
        process.standardInput = FileHandle.nullDevice
        // Files rather than pipes: what was told before the end stays, and nobody waits for a reader.
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        try process.run()
        defer { end(process) }
        switch moment {
        case .afterStart(let delay): try await Task.sleep(for: delay)
        case .afterOpening(let delay), .atWriting(let delay):
            try await waitUntilOpen(process, output, errors)
            try await Task.sleep(for: delay)
        }
        if case .atWriting = moment { waitForWriting(to: path) }
        end(process)
        guard process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL else {
            throw Problem.notKilled(process.terminationStatus)
        }
        return KilledWriter(told: try String(contentsOfFile: output, encoding: .utf8))
    }

    private init(told: String) {
        let lines = told.split(separator: "\n")
        hadOpened = lines.first == "open"
        acknowledged = lines.compactMap { Int($0) }
    }

    /// Beside the program that runs the tests: both are products of one build.
    private static var program: URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ledger-writer")
    }

    private static func end(_ process: Process) {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Looks without a pause: the writing is over in a fraction of a millisecond.
    private static func waitForWriting(to path: String) {
        let before = WrittenState(path)
        let end = ContinuousClock.now + .milliseconds(100)
        while WrittenState(path) == before, ContinuousClock.now < end {}
    }

    /// What changes when a ledger is written to.
    private struct WrittenState: Equatable {
        private var sizes: [Int] = []
        private var nanoseconds: [Int] = []

        init(_ path: String) {
            for file in [path, path + "-wal"] {
                var state = stat()
                guard unsafe stat(file, &state) == 0 else { continue }
                sizes.append(Int(state.st_size))
                nanoseconds.append(state.st_mtim.tv_sec * 1_000_000_000 + state.st_mtim.tv_nsec)
            }
        }
    }

    private static func waitUntilOpen(_ process: Process, _ output: String, _ errors: String) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end, process.isRunning {
            if try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int ?? 0 > 0 { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw Problem.noOpening(try String(contentsOfFile: errors, encoding: .utf8))
    }
}
