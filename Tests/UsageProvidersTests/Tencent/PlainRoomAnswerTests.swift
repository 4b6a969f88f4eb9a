import Foundation
import TestSupport
import Testing
import Usage

@testable import UsageProviders

@Suite("The short way from an answer's bytes to its rooms")
struct PlainRoomAnswerTests {
    private static let header = #"RoomId,Audio,SD,hd,FullHD,2K,4K\n"#

    /// Tables as they stand in an answer, escaped in many ways.
    private static let data = [
        header + #"room-1,1,2,3,4,5,6\nroom-2,10,20,30,40,50,60\nroom-2,0,0,0,0,0,1\n"#,
        header + #"a,b,10,20,30,40,50,60\n\"x \"\"y\"\"\",0,0,0,0,0,1.5\n教室,7,0,0,0,0,0"#,
        #"\ufeff"# + header + #"\u6559\u5ba4,1,2,3,4,5,6\n\ud83c\udfa7,1,0,0,0,0,0\n\ud83c,2,0,0,0,0,0\n"#,
        #"RoomId,Audio,SD,hd,FullHD,2K,4K\r\na\/b,1,2,3,4,5,6\r\n\r\n  \nc,999999999999,0,0,0,0,0\u000ad,1,1,1,1,1,1"#,
        #"4K,2K,FullHD,hd,SD,Audio,RoomId\n6,5,4,3,2,1,test_room\n6,5,4,3,2,1,a,b\n"#,
        #"\n \n"# + header + #"é,1,2,3,4,5,6\n🎧 long enough to need memory of its own,1,2,3,4,5,6\n,1,2,3,4,5,6"#,
        "",
    ]

    /// What may stand beside a table, or in its place.
    private static let members = [
        #""RequestId":"req-1""#, #""Request\u0049d":"\ud80z""#, #""Error":null"#, #""Count":12"#, #""Count":-0.5e+3"#,
        #""Count":01"#, #""Count":1."#, #""New":{"Data":"x"}"#, #""New":[1,{}]"#, #""New":true"#, #""New":tru"#,
        #""D\u0061ta":"RoomId""#, #""Data":null"#, #""Data":5"#, #""data":"""#, #""Dàta":"""#, #""Error":"no""#,
        #""Error":{"Code":"AuthFailure","Message":"no"}"#, #""Old":"\q""#, #""Old":"\n\\\"""#, #""":"""#, #""Old" "x""#,
    ]

    @Test("Whatever stands in a table, it says what text and fields would say", arguments: tables)
    func sameTables(csv: String) throws {
        let answer = Array(try TencentExamples.answer(csv: csv).utf8)
        #expect(try PlainRoomAnswer.table(in: answer) != nil)
        expectSame(answer)
    }

    private static let tables =
        (RoomUsageTableTests.forms + RoomUsageTableTests.ids).map(\.csv) + [
            "\(TencentExamples.header)a\u{0}b,1,2,3,4,5,6\n", "\(TencentExamples.header)a\u{FFFD},1,2,3,4,5,6\n",
            "\(TencentExamples.header)\(String(repeating: "x", count: 1024)),1,2,3,4,5,6\n",
            "\(TencentExamples.header)\(String(repeating: "é", count: 600)),1,2,3,4,5,6\n",
            "\(TencentExamples.header)a,000000000001,1000000000000,+3,.5,7.,1.5\n",
        ]

    @Test("Damaged answers give the same rooms, or are refused in the same words", arguments: 0..<10)
    func damagedAnswers(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var (short, refused) = (0, 0)
        for _ in 0..<1_500 {
            let data = Self.data.randomElement(using: &random) ?? ""
            let answer = Array(#"{"Response":{"Data":"\#(data)","RequestId":"req-1"}}"#.utf8).mutated(using: &random)
            if expectSame(answer) { refused += 1 }
            if (try? PlainRoomAnswer.table(in: answer)) != nil { short += 1 }
        }
        // Both ways are really taken.
        #expect(short > 100)
        #expect(refused > 100)
    }

    @Test("Whatever stands beside the table, it is judged alike", arguments: 0..<10)
    func oddEnvelopes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var (short, refused) = (0, 0)
        for _ in 0..<1_000 {
            let answer = Array(envelope(using: &random).utf8)
            if expectSame(answer) { refused += 1 }
            if (try? PlainRoomAnswer.table(in: answer)) != nil { short += 1 }
        }
        #expect(short > 50)
        #expect(refused > 50)
    }

    @Test("A wrong row counts only in an answer that is right otherwise")
    func wrongRowInBrokenAnswer() throws {
        let start = #"{"Response":{"Data":"\#(Self.header)a,1,2,3,4,5,x\n"#
        let whole = refusal(of: Array("\(start)\"}}".utf8))
        #expect(whole?.explanation == "Row 2 of the answer has no usable number in column 7.")
        for end in [#""}"#, #"\q"}}"#, #""}}}"#, "\n\"}}", ""] {
            let broken = refusal(of: Array("\(start)\(end)".utf8))
            #expect(broken?.explanation == "The answer is not what Tencent documents: it is not JSON.", "\(end)")
        }
    }

    @Test("Rows need as many bytes as they have, whatever the place where they end")
    func everyLength() throws {
        for length in 0..<40 {
            let id = String(repeating: "r", count: length)
            let answer = Array(#"{"Response":{"Data":"\#(Self.header)\#(id),1,2,3,4,5,6\n\#(id)é,1,2,3,4,5,6"}}"#.utf8)
            let table = try #require(try PlainRoomAnswer.table(in: answer))
            #expect(table.rooms.map(\.room.text) == [id, "\(id)é"])
            for cut in 0..<answer.count { #expect(try PlainRoomAnswer.table(in: Array(answer[..<cut])) == nil) }
        }
    }

    @Test("Blank lines cost no more than their bytes, in time and in memory", .timeLimit(.minutes(1)))
    func blankLines() throws {
        let blank = String(repeating: #"\n"#, count: 100_000)
        let answer = Array(#"{"Response":{"Data":"\#(Self.header)\#(blank)a,1,2,3,4,5,6\n"}}"#.utf8)
        let table = try #require(try PlainRoomAnswer.table(in: answer))
        #expect(table.rooms.map(\.room.text) == ["a"])
        // Were there a place for each line, it would be seven times as many.
        #expect(table.rooms.capacity < answer.count / 10)
    }

    private func refusal(of body: [UInt8]) -> ReadingFailure? { Self.outcome(of: body).failure }

    private func envelope(using random: inout SeededGenerator) -> String {
        let data = Self.data.randomElement(using: &random) ?? ""
        var members = [#""Data":"\#(data)""#]
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            members.append(Self.members.randomElement(using: &random) ?? "")
        }
        if Int.random(in: 0..<12, using: &random) == 0 { members.append(members[0]) }
        members.shuffle(using: &random)
        let space = [" ", "\n", "\t\r\n", "", "", "\u{B}"].randomElement(using: &random) ?? ""
        let name =
            ["Response", "Response", "Response", "response", "Respons\\u0065"].randomElement(using: &random) ?? ""
        let text = members.joined(separator: "\(space),\(space)")
        let rest = ["", "", "", #","Extra":1"#, ","].randomElement(using: &random) ?? ""
        return "\(space){\(space)\"\(name)\"\(space):\(space){\(text)\(space)}\(rest)}\(space)"
    }

    /// Compares what is read with what the decoder of old reads; `true` when both refuse.
    @discardableResult
    private func expectSame(_ body: [UInt8]) -> Bool {
        let now = TencentExamples.now
        let reference = Result { () throws(ReadingFailure) in
            try ReferenceRoomTable.decoded(ProviderResponse(status: 200, body: body), now: now)
        }
        let outcome = Self.outcome(of: body)
        let text = Comment(rawValue: String(decoding: body, as: UTF8.self))
        switch (outcome, reference) {
        case (.success(var table), .success(let expected)):
            #expect(table.rooms == expected.rooms, text)
            let (usage, anomalies) = table.take(day: TencentExamples.day)
            #expect(usage.rooms == expected.rooms.merged(), text)
            #expect(anomalies == expected.anomalies, text)
        default: #expect(outcome.failure == reference.failure, text)
        }
        return reference.failure != nil
    }

    private static func outcome(of body: [UInt8]) -> Result<RoomUsageTable, ReadingFailure> {
        Result { () throws(ReadingFailure) in
            try TencentRoomUsage.table(
                of: ProviderResponse(status: 200, body: body),
                action: "DescribeTrtcRoomUsage",
                now: TencentExamples.now
            )
        }
    }
}
