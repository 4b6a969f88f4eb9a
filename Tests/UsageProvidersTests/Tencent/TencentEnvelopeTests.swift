import Testing
import Usage

@testable import UsageProviders

@Suite("The envelope of an answer")
struct TencentEnvelopeTests {
    @Test(
        "What is not an envelope with a table is malformed",
        arguments: [
            "", " ", "x", "<html></html>", "null", "5", "true", #""text""#, "[]", #"[{"Response":{"Data":""}}]"#, "{",
            "{}", #"{"Data":""}"#, #"{"response":{"Data":""}}"#, #"{"Response":null}"#, #"{"Response":5}"#,
            #"{"Response":[]}"#, #"{"Response":{}}"#, #"{"Response":{"data":""}}"#, #"{"Response":{"Data":null}}"#,
            #"{"Response":{"Data":5}}"#, #"{"Response":{"Data":["a"]}}"#, #"{"Response":{"Data":{}}}"#,
            #"{"Response":{"Data":""}"#, #"{"Response":{"Data":""}}x"#, #"{"Response":{"Error":{}}}"#,
            #"{"Response":{"Error":5,"Data":""}}"#, #"{"Response":{"Error":"no","Data":""}}"#,
            #"{"Response":{"Error":{"Code":5,"Message":"no"}}}"#, #"{"Response":{"Error":{"Code":null}}}"#,
            #"{"Response":{"Data":"\ud80"}}"#, "{\"Response\":{\"Data\":\"RoomId\nAudio\"}}",
        ]
    )
    func malformed(_ body: String) async throws {
        let failure = try await TencentExamples.read(CannedTransport(body)).failure
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation.hasPrefix("The answer is not what Tencent documents: ") == true)
    }

    @Test(
        "A field that is missing or of another type is named",
        arguments: [
            (#"{"Response":{}}"#, "Response.Data is missing"),
            (#"{"Response":{"Data":null}}"#, "Response.Data is null"),
            (#"{"Response":{"Data":5}}"#, "Response.Data has another type"), ("{}", "Response is missing"),
            ("x", "it is not JSON"),
        ]
    )
    func named(body: String, cause: String) async throws {
        let failure = try await TencentExamples.read(CannedTransport(body)).failure
        #expect(failure?.explanation == "The answer is not what Tencent documents: \(cause).")
    }

    @Test(
        "Fields that nobody asked for are passed over",
        arguments: [
            #"{"Response":{"Data":"","RequestId":"r"}}"#, #"{"Response":{"Data":""}}"#,
            #"{"Extra":[1],"Response":{"RequestId":5,"New":{"Data":5},"Data":"","DeprecatedWarning":"soon"}}"#,
            #"{"Response":{"Error":null,"Data":""}}"#, " \r\n{ \"Response\" : { \"Data\" : \"\" } } \n",
        ]
    )
    func unknownFields(_ body: String) async throws {
        let reading = try await TencentExamples.read(CannedTransport(body)).get()
        #expect(reading.rooms.isEmpty)
    }

    @Test("An error counts even with HTTP status 200 and a table beside it")
    func errorBesideData() async throws {
        let body = #"{"Response":{"Data":"","Error":{"Code":"AuthFailure.SignatureFailure","Message":"bad"}}}"#
        let failure = try await TencentExamples.read(CannedTransport(body)).failure
        #expect(failure?.reason == .unauthorized)
        #expect(failure?.explanation == "Tencent answered AuthFailure.SignatureFailure: bad")
    }

    @Test("An error needs no message")
    func noMessage() async throws {
        let transport = CannedTransport(#"{"Response":{"Error":{"Code":"InternalError"}}}"#)
        let failure = try await TencentExamples.read(transport).failure
        #expect(failure?.reason == .unavailable)
        #expect(failure?.explanation.contains("InternalError") == true)
    }

    @Test("A code counts whatever the HTTP status", arguments: [200, 400, 401, 429, 500, 503])
    func codeBeforeStatus(_ status: Int) async throws {
        let body = try TencentExamples.refusal("InvalidParameter")
        #expect(try await TencentExamples.read(CannedTransport(status: status, body)).failure?.reason == .rejected)
    }

    @Test("Bytes that are not UTF-8 cost the room its exact name and nobody anything else")
    func invalidUTF8() async throws {
        let parts = try TencentExamples.answer(csv: "\(TencentExamples.header)a?b,1,2,3,4,5,6\nc,1,0,0,0,0,0\n")
            .split(separator: "?").map { Array($0.utf8) }
        for broken: [UInt8] in [[0xFF], [0xC3], [0xE6, 0x95], [0xED, 0xA0, 0x80], [0xF8, 0x88]] {
            let response = ProviderResponse(status: 200, body: parts[0] + broken + parts[1])
            let reading = try await TencentExamples.read(CannedTransport(.success(response))).get()
            #expect(reading.rooms.count == 2)
            #expect(reading.rooms.first?.room.text.contains("\u{FFFD}") == true)
            #expect(reading.total.total == 22)
            #expect(reading.anomalies == [.alteredRoom: 1])
        }
    }

    @Test(
        "A table is escaped in every way that JSON knows",
        arguments: [
            (#"RoomId,Audio,SD,hd,FullHD,2K,4K\na\/b,1,2,3,4,5,6\n"#, "a/b"),
            (#"RoomId,Audio,SD,hd,FullHD,2K,4K\r\n\u6559\u5ba4,1,2,3,4,5,6"#, "教室"),
            (#"\ufeffRoomId,Audio,SD,hd,FullHD,2K,4K\n\ud83c\udfa7,1,2,3,4,5,6"#, "🎧"),
            (#"RoomId,Audio,SD,hd,FullHD,2K,4K\n\"a,\"\"b\",1,2,3,4,5,6\n"#, #"a,"b"#),
            (#"RoomId,Audio,SD,hd,FullHD,2K,4K\na\\ud83c,1,2,3,4,5,6\n"#, #"a\ud83c"#),
        ]
    )
    func escapes(data: String, room: String) async throws {
        let reading = try await TencentExamples.read(CannedTransport(#"{"Response":{"Data":"\#(data)"}}"#)).get()
        #expect(reading.rooms == [RoomUsage(room, [1, 2, 3, 4, 5, 6])])
    }

    @Test(
        "Half of a character costs the room its exact name and nobody anything else",
        arguments: [#"\ud83c"#, #"\uDFA7"#, #"\udfa7\ud83c"#, #"\ud83cx\udfa7"#]
    )
    func loneSurrogates(escapes: String) async throws {
        let data = #"RoomId,Audio,SD,hd,FullHD,2K,4K\na\#(escapes)b,1,2,3,4,5,6\n\ud83c\udfa7,1,0,0,0,0,0\n"#
        let reading = try await TencentExamples.read(CannedTransport(#"{"Response":{"Data":"\#(data)"}}"#)).get()
        #expect(reading.rooms.count == 2)
        #expect(reading.rooms.first?.room.text.contains("\u{FFFD}") == true)
        #expect(reading.rooms.last == RoomUsage("🎧", [1, 0, 0, 0, 0, 0]))
        #expect(reading.total.total == 22)
        #expect(reading.anomalies == [.alteredRoom: 1])
    }

    @Test(
        "An answer with another HTTP status and no result is told by its status",
        arguments: [
            (204, .rejected), (301, .rejected), (302, .rejected), (303, .rejected), (307, .rejected), (308, .rejected),
            (400, .rejected), (401, .unauthorized), (403, .unauthorized), (404, .rejected), (405, .rejected),
            (407, .unauthorized), (408, .unavailable), (413, .rejected), (425, .unavailable), (429, .throttled),
            (500, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable), (599, .unavailable),
        ] as [(Int, ReadingFailure.Reason)]
    )
    func status(_ status: Int, reason: ReadingFailure.Reason) async throws {
        for body in ["", "<html>gateway</html>", try TencentExamples.answer(csv: "")] {
            let failure = try await TencentExamples.read(CannedTransport(status: status, body)).failure
            #expect(failure?.reason == reason)
            #expect(failure?.explanation.contains("\(status)") == true)
        }
    }

    @Test(
        "A wait that the server asks for is told, as seconds or as a date",
        arguments: [
            ("120", .seconds(120)), ("0", .zero), ("Tue, 14 Nov 2023 22:13:50 GMT", .seconds(30)),
            ("Tue, 14 Nov 2023 22:00:00 GMT", .zero), ("soon", nil), ("", nil), ("-5", nil), (nil, nil),
        ] as [(String?, Duration?)]
    )
    func retryAfter(header: String?, wait: Duration?) async throws {
        for status in [408, 429, 500, 502, 503, 504] {
            let transport = CannedTransport(status: status, retryAfter: header, "busy")
            #expect(try await TencentExamples.read(transport).failure?.retryAfter == wait)
        }
    }
}
