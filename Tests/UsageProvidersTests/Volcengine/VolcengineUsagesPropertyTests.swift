import Testing
import Usage
import TestSupport

@testable import UsageProviders

@Suite("The rows of ListUsages, whatever they hold")
struct VolcengineUsagesPropertyTests {
    @Test(
        "Rows in any order, at any time of their day and of any offset add up to what was written",
        arguments: UInt64(0)..<20
    )
    func conserved(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let count = Int.random(in: 1...30, using: &random)
            let last = VolcengineExamples.today.advanced(by: -Int.random(in: 0...3, using: &random))
            let window = try #require(
                UsageWindow(first: last.advanced(by: 1 - count), last: last, through: VolcengineExamples.now)
            )
            var expected: [UsageDay: TierSeconds] = [:]
            var anomalies: [ReadingAnomaly: Int] = [:]
            let days = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                Int.random(in: -1...count, using: &random)
            }
            let rows = Set(days).map { number in
                let day = window.first.advanced(by: number)
                let (text, usage) = row(of: day, using: &random)
                if !window.contains(day) {
                    anomalies[.outsideWindow, default: 0] += 1
                } else {
                    expected[day] = usage
                }
                return text
            }
            let transport = CannedTransport(VolcengineExamples.answer(rows: rows.shuffled(using: &random)))
            let reading = try await VolcengineExamples.read(transport, window: window).get()
            let told = Dictionary(uniqueKeysWithValues: reading.days.map { ($0.day, $0.total) })
            #expect(told.filter { !$0.value.isZero } == expected.filter { !$0.value.isZero })
            #expect(reading.anomalies == anomalies)
            // A day that is not told of is one that may still come.
            for day in window.days where told[day] == nil {
                #expect(expected[day] == nil)
                #expect(VolcengineExamples.source.settleTime(of: day) > VolcengineExamples.now)
            }
        }
    }

    @Test("A damaged answer is a reading or a failure that says so")
    func fuzz() async throws {
        var random = SeededGenerator(seed: 13)
        let midnight = VolcengineExamples.midnight(VolcengineExamples.today.previous)
        let row = VolcengineExamples.row(midnight, audio: 1, sdm: 20, sd: 300, hd: 4_000)
        let answer = Array(VolcengineExamples.answer(rows: [row, row]).utf8)
        var (read, refused) = (0, 0)
        for _ in 0..<2_000 {
            var bytes = answer
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                let special = Array("{}[]\":,.-+eE0159 \u{0}".utf8).randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[position] = special
                case 1: bytes.insert(special, at: position)
                default: bytes.remove(at: position)
                }
            }
            let transport = CannedTransport(.success(ProviderResponse(status: 200, body: bytes)))
            switch try await VolcengineExamples.read(transport) {
            case .success(let reading):
                #expect(Tier.allCases.allSatisfy { reading.total[$0] >= 0 })
                read += 1
            case .failure(let failure):
                #expect(failure.reason == .malformed)
                refused += 1
            }
        }
        // Both ways are really taken.
        #expect(read > 100)
        #expect(refused > 100)
    }

    /// A row about some moment of a day, and its usage.
    private func row(of day: UsageDay, using random: inout SeededGenerator) -> (String, TierSeconds) {
        let time =
            Bool.random(using: &random) ? day.start : day.start + .seconds(Int.random(in: 0..<86_400, using: &random))
        let zone = ZoneOffset(seconds: Int.random(in: -56...56, using: &random) * 900)
        let names: [(String, Tier)] = [("Audio", .audio), ("VideoSDM", .sd), ("VideoSD", .hd), ("VideoHD", .fhd)]
        var usage = TierSeconds.zero
        var fields = [#""TimeStamp":"\#(time.rfc3339(in: zone))""#]
        for (name, tier) in names where Int.random(in: 0...4, using: &random) > 0 {
            let minutes = Int.random(in: 0...50_000_000, using: &random)
            usage[tier] = minutes * 60
            fields.append(#""\#(name)":\#(minutes)\#(Bool.random(using: &random) ? "" : ".0")"#)
        }
        return ("{\(fields.shuffled(using: &random).joined(separator: ","))}", usage)
    }
}
