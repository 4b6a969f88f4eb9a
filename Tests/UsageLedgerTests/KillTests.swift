import Foundation
import TestSupport
import Testing

@Suite("A process that is killed while it records", .timeLimit(.minutes(10)))
struct KillTests {
    private static let kills = 200

    @Test("After each of two hundred kills the file is sound, has all that was acknowledged, and has nothing twice")
    func kills() async throws {
        var random = SeededGenerator(seed: 200)
        try await TemporaryLedger.with { file in
            var trial = KillTrial(file: file)
            for round in 1...Self.kills {
                try await trial.kill(Self.moment(using: &random))
                try trial.copy().expectIntegrity()
                // In every other round the file stays as it was left, so that the next writer has to recover it.
                let ledger = round.isMultiple(of: 2) ? file : try trial.copy()
                try await trial.check(ledger, isWhole: round.isMultiple(of: 40))
            }
            try file.expectIntegrity()
            #expect(trial.counts.recording >= Self.kills * 3 / 4)
            #expect(trial.recovered >= Self.kills)
        }
    }

    /// One of eight kills strikes while the ledger is being opened, or soon after; of the others every second one while it is
    /// being written.
    private static func moment(using random: inout SeededGenerator) -> KilledWriter.Moment {
        if Int.random(in: 0..<8, using: &random) == 0 {
            return .afterStart(.microseconds(Int.random(in: 0..<25_000, using: &random)))
        }
        let delay = Duration.microseconds(Int.random(in: 0..<120_000, using: &random))
        return Bool.random(using: &random) ? .afterOpening(delay) : .atWriting(delay)
    }
}
