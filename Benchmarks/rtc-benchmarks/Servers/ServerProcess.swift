import Foundation

/// A server in a process of its own. It says `port N` as soon as it can be asked, and ends with its standard input, so that
/// none is left over when the benchmark itself dies.
final class ServerProcess {
    /// Where it listens on this machine.
    let port: Int
    /// What it uses.
    let figures: ProcessFigures

    private let process = Process()
    private let input = Pipe()
    private let output: LineReader

    /// Starts it and waits until it can be asked.
    init(_ program: URL, _ arguments: [String]) throws {
        let pipe = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = pipe
        try process.run()
        output = LineReader(pipe.fileHandleForReading)
        figures = ProcessFigures(id: process.processIdentifier)
        let words = output.next()?.split(separator: " ") ?? []
        guard words.count == 2, words[0] == "port", let port = Int(words[1]) else {
            process.terminate()
            throw BenchmarkError.programFailed("\(program.lastPathComponent) \(arguments) told no port")
        }
        self.port = port
    }

    deinit { stop() }

    /// Gives an order to a server that takes any, and waits until it is carried out.
    ///
    /// - Returns: The numbers of its answer, which is a line that begins with `done`.
    func ask(_ order: String) throws -> [Double] {
        try input.fileHandleForWriting.write(contentsOf: Data("\(order)\n".utf8))
        let answer = output.next() ?? "nothing"
        let words = answer.split(separator: " ")
        guard words.first == "done" else { throw BenchmarkError.noAnswer("\(order): \(answer)") }
        return words.dropFirst().compactMap { Double($0) }
    }

    /// Ends it and waits for that.
    func stop() {
        guard process.isRunning else { return }
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

/// The lines that a program writes, as they come.
private final class LineReader {
    private let file: FileHandle
    private var rest: [UInt8] = []

    init(_ file: FileHandle) { self.file = file }

    /// Waits for the next line; `nil` when there is none any more.
    func next() -> String? {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                defer { rest.removeSubrange(...end) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            let more = file.availableData
            guard !more.isEmpty else { return nil }
            rest += more
        }
    }
}
