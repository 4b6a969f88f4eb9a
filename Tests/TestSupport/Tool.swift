import Foundation

/// A program of the system, run on some input.
public struct Tool {
    /// The exit status.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: [UInt8]
    /// What it wrote to standard error.
    public let errors: String

    /// Runs a program and waits for it. A program that does not exist throws.
    ///
    /// Files rather than pipes, so that neither side waits for the other to read.
    public init(_ program: String, _ arguments: [String], input: [UInt8] = []) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rtc-exporter-tool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (inputFile, outputFile, errorFile) = (
            folder.appending(path: "in"), folder.appending(path: "out"), folder.appending(path: "err")
        )
        try Data(input).write(to: inputFile)
        try Data().write(to: outputFile)
        try Data().write(to: errorFile)

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()

        status = process.terminationStatus
        output = try [UInt8](Data(contentsOf: outputFile))
        errors = try String(decoding: Data(contentsOf: errorFile), as: UTF8.self)
    }
}
