import Foundation
import TestSupport
import Usage
import UsageLedger

/// Records a sequence of readings as fast as it can, and tells of each once the ledger has acknowledged it: there to be
/// killed.
///
/// `ledger-writer PATH SEED FIRST` writes `open` once the ledger is open, then a line with the number of each reading.
@main
struct LedgerWriter {
    /// Enough for many seconds, yet nobody who loses sight of it has it for long.
    private static let longest = 2_000

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let seed = UInt64(arguments[2]), let first = Int(arguments[3]) else {
            throw Misuse()
        }
        let sequence = ReadingSequence(seed: seed)
        let ledger = try UsageLedger(
            path: arguments[1],
            folding: RoomFolding(limit: 20),
            now: { UnixTime(seconds: 1_700_000_000) }
        )
        try tell("open")
        var step = sequence[first]
        for number in first..<first + longest {
            // Worked out meanwhile, so that there is hardly a moment at which nothing is being recorded.
            async let next = sequence[number + 1]
            _ = try await ledger.record(step.reading, from: step.source)
            try tell("\(number)")
            step = await next
        }
        try ledger.close()
    }

    /// One write by the kernel, without a buffer in this process: what was told is told, whatever happens next.
    private static func tell(_ line: String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    }

    private struct Misuse: Error, CustomStringConvertible {
        let description = "usage: ledger-writer PATH SEED FIRST"
    }
}
