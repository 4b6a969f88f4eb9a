import Foundation

/// A folder of its own for one case, deleted afterwards, and where the programs are.
final class Workplace: Sendable {
    /// The program under observation, as this build made it.
    static let exporter: String = {
        if let path = ProcessInfo.processInfo.environment["RTC_EXPORTER_BINARY"] { return path }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return package.appending(path: ".build/debug/rtc-exporter").path
    }()

    let folder: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "rtc-exporter-e2e-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }

    /// Runs a program to its end and gives its exit status and all that it wrote.
    static func run(_ path: String, _ arguments: [String], input: String? = nil) throws -> (status: Int32, text: String)
    {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let (output, source) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = output
        process.standardInput = source
        try process.run()
        source.fileHandleForWriting.write(Data((input ?? "").utf8))
        try source.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
