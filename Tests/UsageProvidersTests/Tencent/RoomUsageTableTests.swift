import Testing
import Usage

@testable import UsageProviders

@Suite("The table of room usage")
struct RoomUsageTableTests {
    /// A table and the rooms that stand in it.
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let csv: String
        let rooms: [RoomUsage]

        init(_ description: String, _ csv: String, _ rooms: [RoomUsage]) {
            (testDescription, self.csv, self.rooms) = (description, csv, rooms)
        }

        /// Rows behind the documented header, each of which has 1 to 6 as its seconds.
        init(_ description: String, rows: String, _ names: String...) {
            self.init(description, TencentExamples.header + rows, names.map { RoomUsage($0, [1, 2, 3, 4, 5, 6]) })
        }
    }

    private static let sample = [RoomUsage("test_room", [1, 2, 3, 4, 5, 6])]
    private static let header = TencentExamples.header

    static let forms: [Example] = [
        Example("as documented", rows: "test_room,1,2,3,4,5,6\n", "test_room"),
        Example("without the last line end", rows: "test_room,1,2,3,4,5,6", "test_room"),
        Example("with CRLF", "RoomId,Audio,SD,hd,FullHD,2K,4K\r\ntest_room,1,2,3,4,5,6\r\n", sample),
        Example(
            "with CRLF and without the last line end",
            "RoomId,Audio,SD,hd,FullHD,2K,4K\r\ntest_room,1,2,3,4,5,6",
            sample
        ),
        Example("with a carriage return as its last byte", rows: "test_room,1,2,3,4,5,6\r", "test_room"),
        Example("with a byte order mark", "\u{FEFF}\(header)test_room,1,2,3,4,5,6\n", sample),
        Example("with blank lines", "\n\r\n\(header)\n  \ntest_room,1,2,3,4,5,6\n\n\r\n", sample),
        Example("empty", "", []),
        Example("of a byte order mark alone", "\u{FEFF}", []),
        Example("of line ends alone", "\n\r\n\n", []),
        Example("of the header alone", header, []),
        Example("of the header alone, with CRLF", "RoomId,Audio,SD,hd,FullHD,2K,4K\r\n", []),
        Example("of the header alone, without a line end", "RoomId,Audio,SD,hd,FullHD,2K,4K", []),
        Example("of the header alone, after a byte order mark", "\u{FEFF}\(header)", []),
        Example("with upper case in the header", "ROOMID,AUDIO,SD,HD,FULLHD,2K,4K\ntest_room,1,2,3,4,5,6\n", sample),
        Example("with lower case in the header", "roomid,audio,sd,hd,fullhd,2k,4k\ntest_room,1,2,3,4,5,6\n", sample),
        Example("with spaces in the header", "RoomId, Audio, SD, hd, FullHD, 2K, 4K \ntest_room,1,2,3,4,5,6\n", sample),
        Example(
            "with quotes in the header",
            #""RoomId","Audio","SD","hd","FullHD","2K","4K""# + "\ntest_room,1,2,3,4,5,6\n",
            sample
        ),
        Example("with columns in reverse", "4K,2K,FullHD,hd,SD,Audio,RoomId\n6,5,4,3,2,1,test_room\n", sample),
        Example(
            "with the room in the middle",
            "4K,SD,Audio,RoomId,2K,hd,FullHD\n6,2,1,a,b,,c,5,3,4\n",
            [RoomUsage("a,b,,c", [1, 2, 3, 4, 5, 6])]
        ),
        Example(
            "with further columns",
            "Date,RoomId,Audio,SD,hd,FullHD,2K,4K,8K,Note\n1,a,b,1,2,3,4,5,6,7,x\n",
            [RoomUsage("a,b", [1, 2, 3, 4, 5, 6])]
        ),
    ]

    static let ids: [Example] = [
        Example("with commas", rows: "a,b,1,2,3,4,5,6\n,,c,,1,2,3,4,5,6\n", "a,b", ",,c,"),
        Example("of one comma", rows: ",,1,2,3,4,5,6\n", ","),
        Example("empty", rows: ",1,2,3,4,5,6\n", ""),
        Example("that looks like numbers", rows: "7,8,1,2,3,4,5,6\n-1.5,1,2,3,4,5,6\n", "7,8", "-1.5"),
        Example("that looks like the header", rows: "RoomId,1,2,3,4,5,6\n", "RoomId"),
        Example("with spaces at its ends", rows: " a ,1,2,3,4,5,6\n", " a "),
        Example("of a space", rows: " ,1,2,3,4,5,6\n", " "),
        Example(
            "of all documented characters",
            rows: "aZ09 !#$%&()+-:;<=.>?@[]^_{}|~,,1,2,3,4,5,6\n",
            "aZ09 !#$%&()+-:;<=.>?@[]^_{}|~,"
        ),
        Example("in quotes", rows: #""a",1,2,3,4,5,6"#, "a"),
        Example("in quotes with commas", rows: #""a,b,",1,2,3,4,5,6"#, "a,b,"),
        Example("in quotes with doubled ones", rows: #""say ""hi"", then go",1,2,3,4,5,6"#, #"say "hi", then go"#),
        Example("of doubled quotes in quotes", rows: "\"\"\"\"\"\",1,2,3,4,5,6\n", "\"\""),
        Example("of a pair of quotes", rows: "\"\",1,2,3,4,5,6\n", ""),
        Example("of one quote", rows: "\",1,2,3,4,5,6\n", "\""),
        Example("with a quote at its start", rows: "\"a,1,2,3,4,5,6\n", "\"a"),
        Example("with a quote at its end", rows: "a\",1,2,3,4,5,6\n", "a\""),
        Example("with quotes inside", rows: "a\"\"b,1,2,3,4,5,6\n", "a\"\"b"),
        Example(
            "in Chinese, with an emoji and with accents",
            rows: "教室，一班,1,2,3,4,5,6\n🎧é,1,2,3,4,5,6\n",
            "教室，一班",
            "🎧é"
        ),
        Example("of the name that stands for all others", rows: "_other,1,2,3,4,5,6\n", "_other"),
    ]

    @Test("It is read in every form it may come in", arguments: forms)
    func form(_ example: Example) throws {
        let table = try RoomUsageTable(csv: example.csv)
        #expect(table.rooms == example.rooms)
        #expect(table.anomalies.isEmpty)
    }

    @Test("A room's id is kept as it is", arguments: ids)
    func id(_ example: Example) throws {
        let table = try RoomUsageTable(csv: example.csv)
        #expect(table.rooms == example.rooms)
        #expect(table.anomalies.isEmpty)
    }

    @Test(
        "A figure is read to the second, halves upward",
        arguments: [
            ("0", 0), ("1", 1), ("007", 7), ("+3", 3), (#""12""#, 12), ("86400", 86_400), ("0.4", 0), ("0.5", 1),
            ("1.4999999", 1), ("1.5", 2), ("2.50", 3), (".5", 1), ("7.", 7), ("99.9", 100),
            ("1000000000000", 1_000_000_000_000),
        ]
    )
    func figure(text: String, seconds: Int) throws {
        for column in 0..<6 {
            var fields = ["0", "0", "0", "0", "0", "0"]
            var expected = [0, 0, 0, 0, 0, 0]
            fields[column] = text
            expected[column] = seconds
            let table = try RoomUsageTable(csv: "\(TencentExamples.header)a,b,\(fields.joined(separator: ","))\n")
            #expect(table.rooms == [RoomUsage("a,b", expected)])
        }
    }

    @Test("Figures with a fraction are counted")
    func fractions() throws {
        let table = try RoomUsageTable(csv: "\(TencentExamples.header)a,1.5,2,0.25,4,5,6\nb,1,2,3,4,5,6.75\n")
        #expect(table.anomalies == [.fraction: 3])
    }

    @Test("A room in several rows is counted as such and has the sum of them")
    func duplicates() async throws {
        let csv = "\(TencentExamples.header)123,1,2,3,4,5,6\nb,1,0,0,0,0,0\n123,10,20,30,40,50,60\n123,0,0,0,0,0,1\n"
        let reading = try await TencentExamples.read(CannedTransport(try TencentExamples.answer(csv: csv))).get()
        #expect(reading.rooms == [RoomUsage("123", [11, 22, 33, 44, 55, 67]), RoomUsage("b", [1, 0, 0, 0, 0, 0])])
        #expect(reading.anomalies == [.duplicateRoom: 2])
    }

    @Test("Rooms that only Swift takes for the same stay two")
    func canonicallyEqual() async throws {
        let csv = "\(TencentExamples.header)e\u{301},1,0,0,0,0,0\n\u{E9},2,0,0,0,0,0\n"
        let reading = try await TencentExamples.read(CannedTransport(try TencentExamples.answer(csv: csv))).get()
        #expect(reading.rooms.map(\.seconds.total) == [1, 2])
        #expect(reading.anomalies.isEmpty)
    }

    @Test("An id that is longer than is kept is cut, stays apart from others, and is counted")
    func longID() throws {
        let long = String(repeating: "x", count: 5_000)
        let table = try RoomUsageTable(csv: "\(TencentExamples.header)\(long)1,1,0,0,0,0,0\n\(long)2,1,0,0,0,0,0\n")
        #expect(table.anomalies == [.alteredRoom: 2])
        #expect(Set(table.rooms.map(\.room)).count == 2)
        #expect(table.rooms.allSatisfy { $0.room.text.utf8.count <= RoomID.longest })
    }

    @Test(
        "A row with a figure that is none fails the table and is named",
        arguments: [
            "", " ", " 1", "1 ", "x", "1x", "x1", "-1", "-0", "--1", "+", "+-1", ".", "+.", "1.2.3", "1.x", "1.-5",
            "NaN",
            "nan", "inf", "-inf", "Infinity", "1e3", "1E3", "1e-3", "0x10", "1_000", "１", "٣", "1\u{0}", "\u{0}",
            "null",
            "true", "\"", "\"1", "1\"", "\"\"", "\"\"1\"\"", "1000000000001", "1000000000000.5", "9223372036854775807",
            "9223372036854775808", "99999999999999999999999999", "18446744073709551617",
        ]
    )
    func unusableFigure(_ text: String) {
        for column in 0..<6 {
            var fields = ["1", "2", "3", "4", "5", "6"]
            fields[column] = text
            let failure = refusal(of: "\(TencentExamples.header)a,1,2,3,4,5,6\n\nb,\(fields.joined(separator: ","))\n")
            #expect(failure?.reason == .malformed)
            #expect(failure?.explanation == "Row 4 of the answer has no usable number in column \(column + 2).")
        }
    }

    @Test(
        "A row with too few fields fails the table and is named",
        arguments: ["a", "a,1", "a,1,2,3,4,5", "1,2,3,4,5,6", ",,,,,", "\"a,1,2,3,4", "\t", "\u{0}"]
    )
    func tooFewFields(_ row: String) {
        let failure = refusal(of: "\(TencentExamples.header)\(row)\nb,1,2,3,4,5,6\n")
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation == "Row 2 of the answer has fewer than 7 fields.")
    }

    @Test("A line break inside a quoted id is not believed")
    func lineBreak() {
        #expect(refusal(of: "\(TencentExamples.header)\"a\nb\",1,2,3,4,5,6\n")?.explanation.contains("Row 2") == true)
    }

    @Test("Figures that are each possible but together are not fail the table")
    func impossibleTotal() {
        let row = "a,1000000000000,0,0,0,0,0\n"
        #expect(refusal(of: TencentExamples.header + String(repeating: row, count: 10)) == nil)
        let failure = refusal(of: TencentExamples.header + String(repeating: row, count: 11))
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation.contains("row 12") == true)
    }

    @Test(
        "A header that does not name each column once fails the table",
        arguments: [
            ("test_room,1,2,3,4,5,6", "roomid"),
            ("Audio,SD,hd,FullHD,2K,4K", "roomid"),
            ("RoomId,RoomId,Audio,SD,hd,FullHD,2K,4K", "roomid"),
            ("Room Id2,Audio,SD,hd,FullHD,2K,4K", "roomid"),
            ("RoomId,SD,hd,FullHD,2K,4K", "audio"),
            ("RoomId,Audio,hd,FullHD,2K,4K", "sd"),
            ("RoomId,Audio,SD,hd,HD,FullHD,2K,4K", "hd"),
            ("RoomId,Audio,SD,hd,FHD,2K,4K", "fullhd"),
            ("RoomId,Audio,SD,hd,FullHD,4K", "2k"),
            ("RoomId,Audio,SD,hd,FullHD,2K", "4k"),
            ("RoomId;Audio;SD;hd;FullHD;2K;4K", "roomid"),
            ("<html>", "roomid"),
            ("\u{0}", "roomid"),
            ("RoomId,Audio,SD,hd,FullHD,2K,4K\rtest_room,1,2,3,4,5,6\r", "4k"),
        ]
    )
    func header(_ header: String, column: String) {
        let failure = refusal(of: "\(header)\ntest_room,1,2,3,4,5,6\n")
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation == "The header of the answer does not have column \(column) once.")
    }

    private func refusal(of csv: String) -> ReadingFailure? {
        Result { () throws(ReadingFailure) in try RoomUsageTable(csv: csv) }.failure
    }
}
