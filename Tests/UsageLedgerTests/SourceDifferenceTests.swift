import Testing
import Usage
import UsageLedger

@Suite("Sources that differ")
struct SourceDifferenceTests {
    private let day = LedgerExamples.day
    private let primary = LedgerExamples.source("first", zone: .beijing)
    private let other = LedgerExamples.source("second", zone: .beijing)

    /// What two sources tell of the same days, by how many days ago they were.
    private func differences(
        _ left: KeyValuePairs<Int, Int>,
        _ right: KeyValuePairs<Int, Int>
    ) async throws -> [SourceDifference] {
        try await withLedger { ledger in
            for (source, days) in [(primary, left), (other, right)] {
                for (ago, seconds) in days {
                    let reading = Reading(day.advanced(by: -ago), hour: 35, ["a": seconds])
                    _ = try await ledger.record(reading, from: source)
                }
            }
            let app = LedgerExamples.app
            return SourceDifference.all(in: try await ledger.figures(of: app, from: [primary, other]).sources)
        }
    }

    @Test(
        "More than 2 % of the larger figure is a difference, newest day first",
        arguments: [(97_000, true), (98_500, false)]
    )
    func tolerance(seconds: Int, differs: Bool) async throws {
        let found = try await differences([1: 100_000, 2: 100_000, 3: 5_000], [1: seconds, 2: 200_000, 3: 5_000])
        #expect(found.map(\.day) == (differs ? [day.previous, day.advanced(by: -2)] : [day.advanced(by: -2)]))
        #expect(found.last?.primary == "first" && found.last?.other == "second")
        #expect(found.last?.primarySeconds == 100_000 && found.last?.otherSeconds == 200_000)
        #expect(found.last?.share == 1)
    }

    @Test("What rounding to minutes explains is none")
    func rounding() async throws {
        #expect(try await differences([1: 600], [1: 1_020]).isEmpty)
        #expect(try await differences([1: 600], [1: 1_021]).count == 1)
    }

    @Test("A day that only one source has settled is not compared, and one source alone differs from nothing")
    func oneSided() async throws {
        #expect(try await differences([1: 100_000], [2: 5]).isEmpty)
        #expect(try await differences([1: 100_000], [:]).isEmpty)
        #expect(SourceDifference.all(in: []).isEmpty)
    }

    @Test("Usage against none at all is a difference")
    func none() async throws {
        let found = try await differences([1: 0], [1: 100_000])
        #expect(found.count == 1)
        #expect(found.first?.share.isFinite == false)
    }
}
