import Testing
import Usage
import TestSupport

@testable import UsageProviders

@Suite("The table of room usage, whatever it holds")
struct RoomUsagePropertyTests {
    /// How a provider may write a room's id.
    enum Quoting: String, CaseIterable, Sendable {
        /// As documented; no reader could tell an id that both begins and ends with a quote.
        case never
        case always
        case whereNeeded

        func field(_ id: String) -> String {
            let quoted = "\"\(id.replacing("\"", with: "\"\""))\""
            return switch self {
            case .never: id
            case .always: quoted
            case .whereNeeded: id.contains("\"") || id.contains(",") ? quoted : id
            }
        }
    }

    @Test("Rooms are read as they were written", arguments: Quoting.allCases, ["\n", "\r\n"])
    func roundTrip(quoting: Quoting, lineEnd: String) throws {
        var random = SeededGenerator(seed: 20_231_114)
        for _ in 0..<150 {
            let rooms = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                room(quoting: quoting, using: &random)
            }
            let rows = rooms.map { usage in
                let figures = TencentProvider.roomUsage.tiers.map { String(usage.seconds[$0]) }
                return ([quoting.field(usage.room.text)] + figures).joined(separator: ",")
            }
            let header = TencentExamples.header.dropLast()
            let csv =
                ([String(header)] + rows).joined(separator: lineEnd) + (Bool.random(using: &random) ? lineEnd : "")
            let table = try RoomUsageTable(csv: csv)
            #expect(table.rooms == rooms)
            #expect(table.anomalies[.fraction] == nil)
            #expect(table.anomalies[.alteredRoom] == nil)
        }
    }

    @Test("A damaged table is read or refused, and what is read adds up")
    func fuzz() {
        var random = SeededGenerator(seed: 7)
        var (read, refused) = (0, 0)
        for _ in 0..<5_000 {
            let bytes = Array(Self.valid.utf8).mutated(using: &random)
            do throws(ReadingFailure) {
                let table = try RoomUsageTable(csv: String(decoding: bytes, as: UTF8.self))
                #expect(table.rooms.allSatisfy { room in Tier.allCases.allSatisfy { room.seconds[$0] >= 0 } })
                read += 1
            } catch {
                #expect(error.reason == .malformed)
                refused += 1
            }
        }
        // Both ways are really taken.
        #expect(read > 200)
        #expect(refused > 200)
    }

    @Test("A damaged answer is a reading or a failure that says so")
    func answerFuzz() async throws {
        var random = SeededGenerator(seed: 11)
        let answer = Array(try TencentExamples.answer(csv: Self.valid).utf8)
        for _ in 0..<1_000 {
            let body = answer.mutated(using: &random)
            let response = ProviderResponse(status: 200, body: body)
            let result = try await TencentExamples.read(CannedTransport(.success(response)))
            if let failure = result.failure {
                // A mutation may turn the payload's name into something else, but never into an error of the provider.
                #expect(failure.reason == .malformed)
            }
        }
    }

    private static let valid =
        TencentExamples.header
        + "test_room,1,2,3,4,5,6\na,b,10,20,30,40,50,60\n\"x \"\"y\"\"\",0,0,0,0,0,1.5\n教室,7,0,0,0,0,0\n"

    private static let alphabet = Array("ab9,,\"\" -_~é教室🎧\u{301}")

    private func room(quoting: Quoting, using random: inout SeededGenerator) -> RoomUsage {
        var id = String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in
                Self.alphabet.randomElement(using: &random) ?? "a"
            }
        )
        if Int.random(in: 0..<4, using: &random) == 0 { id = "\"" + id }
        if Int.random(in: 0..<4, using: &random) == 0 { id += "\"" }
        if quoting == .never, id.utf8.count > 1, id.utf8.first == UInt8(ascii: "\""), id.utf8.last == UInt8(ascii: "\"")
        {
            id += "."
        }
        // An id of blanks would make a line that begins with them, not a blank line: the figures follow.
        return RoomUsage(id, (0..<6).map { _ in Int.random(in: 0...5_000_000, using: &random) })
    }
}
