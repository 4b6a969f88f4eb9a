import Foundation
import Synchronization

/// A real program that a suite starts: what it writes to standard error is kept, and it never outlives its owner.
final class ChildProcess: Sendable {
    /// Why a program did not do what it was started for.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private let process: Mutex<Process>
    private let output = Mutex("")

    /// Starts a program.
    init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardError = pipe
        self.process = Mutex(process)
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.output.withLock { $0 += String(decoding: data, as: UTF8.self) }
        }
        try self.process.withLock { try $0.run() }
    }

    deinit {
        signal(SIGKILL)
    }

    /// What it wrote to standard error so far.
    var standardError: String { output.withLock { $0 } }

    var isRunning: Bool { process.withLock { $0.isRunning } }

    /// The exit status; `nil` while it runs or when a signal ended it.
    var exitStatus: Int32? {
        process.withLock { $0.isRunning || $0.terminationReason == .uncaughtSignal ? nil : $0.terminationStatus }
    }

    /// Sends a signal to this very process.
    func signal(_ number: Int32) {
        process.withLock { process in
            if process.isRunning { kill(process.processIdentifier, number) }
        }
    }

    /// Waits until it has ended.
    func end(within time: Duration) async throws {
        try await eventually("the process ends", within: time) { !self.isRunning }
    }

    /// Waits for a line on standard error that holds a text, and gives the rest of the line behind it.
    func line(with text: String, within time: Duration = .seconds(30)) async throws -> String {
        try await eventually("standard error has «\(text)»", within: time) {
            self.standardError.contains(text) || !self.isRunning
        }
        guard let line = standardError.split(separator: "\n").first(where: { $0.contains(text) }),
            let place = line.firstRange(of: text)
        else { throw Problem(description: "no «\(text)» on standard error:\n\(standardError)") }
        return String(line[place.upperBound...])
    }
}

/// Looks again and again whether something has become true: other programs keep their own time.
func eventually(_ what: String, within time: Duration, _ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + time
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(50))
    }
    throw ChildProcess.Problem(description: "not within \(time): \(what)")
}
