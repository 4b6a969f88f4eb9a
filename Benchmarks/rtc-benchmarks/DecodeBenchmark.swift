import Foundation

/// What it takes to make figures of a Tencent answer with many rooms: from the bytes of its body to a reading.
///
/// The peers are Go's and Python's own JSON and CSV packages, and Foundation's JSON decoder with `String.split`; they make the
/// same rows of the same file and neither sort nor check them. Each measurement is a process of its own.
struct DecodeBenchmark {
    private static let runs = 5

    /// What one run took.
    private struct Costs {
        let cpu: Double
        /// The most that was in memory, the answer's bytes included, above what it was before.
        let peak: Double
    }

    /// How many rooms the answer has.
    let rooms: Int

    func run() async throws {
        try await BenchmarkFolder.with { folder in
            let (ordered, shuffled) = (folder.appending(path: "ordered"), folder.appending(path: "shuffled"))
            let answer = SampleAnswer(rooms: rooms)
            try answer.body().write(to: ordered)
            try answer.body(shuffled: true).write(to: shuffled)
            let size = try Data(contentsOf: ordered).count
            print(
                "An answer of \(rooms) rooms, \(size) bytes; CPU seconds and peak memory by its size, medians of \(Self.runs)"
            )
            try report("to a reading", own(ordered), size)
            try report("to a reading, rooms in no order", own(shuffled), size)
            try report("Foundation's JSON, String.split", own(ordered, way: "foundation"), size)
            try report("Go's json and csv", (try PeerCompiler(folder: folder).go("decode").path, [ordered.path]), size)
            let script = PeerCompiler.sources.appending(path: "decode/decode.py").path
            try report("Python's json and csv", ("/usr/bin/python3", [script, ordered.path]), size)
        }
    }

    private func own(_ file: URL, way: String = "reading") -> (program: String, arguments: [String]) {
        ("/proc/self/exe", ["decode-once", way, file.path])
    }

    private func report(_ what: String, _ command: (program: String, arguments: [String]), _ size: Int) throws {
        let costs = try (0..<Self.runs).map { _ in try measure(command.program, command.arguments) }
        let cpu = costs.map(\.cpu).sorted()[Self.runs / 2]
        let peak = costs.map(\.peak).sorted()[Self.runs / 2]
        let label = what.padding(toLength: 32, withPad: " ", startingAt: 0)
        print("  \(label) " + String(format: "%7.3f s %6.2f times", cpu, peak / Double(size)))
    }

    /// A measurement prints its CPU seconds, the bytes it needed and the sum of all figures.
    private func measure(_ program: String, _ arguments: [String]) throws -> Costs {
        let fields = try PeerProgram.output(of: program, arguments).split(whereSeparator: \.isWhitespace)
        guard fields.count == 3, let cpu = Double(fields[0]), let peak = Double(fields[1]), let sum = Int(fields[2])
        else { throw BenchmarkError.programFailed(program) }
        guard sum == SampleAnswer(rooms: rooms).sum else { throw BenchmarkError.wrongRows }
        return Costs(cpu: cpu, peak: peak)
    }
}
