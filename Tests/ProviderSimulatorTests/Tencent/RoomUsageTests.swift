import CZlib
import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("Room usage over HTTP")
struct RoomUsageTests {
    @Test("The rows are the truth: as documented, with the provider's date and a request id")
    func rows() async throws {
        let world = World()
        let reply = try await world.routes { try await world.query().send($0) }
        #expect(reply.status == .ok)
        #expect(reply.headers[.contentType] == "application/json")
        #expect(reply.headers[.date] == "Wed, 04 Mar 2026 07:00:00 GMT")
        #expect(reply.requestID?.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        let data = try #require(reply.data)
        #expect(data.hasPrefix("RoomId,Audio,SD,hd,FullHD,2K,4K\n"))
        #expect(data.hasSuffix("\n"))
        #expect(!data.contains("\"") && !data.contains("\r"))
        let day = SimulatedDay(containing: World.now)
        let truth = world.simulation.truth
        let visible = truth.visible(app: "1400000001", from: day.start, to: day.end, now: World.now)
        #expect(visible.count > 100)
        #expect(reply.rooms == visible)
        let total = truth.visibleTotal(app: "1400000001", from: day.start, to: day.end, now: World.now)
        #expect(reply.rooms.values.reduce(.zero, +) == total)
    }

    @Test("A part of a day and a window over midnight are answered with what lies in them")
    func windows() async throws {
        let world = World()
        let query = world.query().with {
            $0.start = "2026-03-03 18:30"
            $0.end = "2026-03-04 09:15"
        }
        let reply = try await world.routes { try await query.send($0) }
        let day = SimulatedDay(containing: World.now)
        let from = day.start - 5 * 3_600_000 - 1_800_000
        let to = day.start + 9 * 3_600_000 + 900_000
        let truth = world.simulation.truth
        #expect(reply.rooms == truth.visible(app: "1400000001", from: from, to: to, now: World.now))
        #expect(!reply.rooms.isEmpty)
    }

    @Test(
        "Where nothing was used there is a header and no row",
        arguments: [("1400000003", "2026-03-05 00:00"), ("1400000001", "2026-03-04 00:00")]
    )
    func empty(_ app: String, _ end: String) async throws {
        let world = World()
        let query = world.query().with {
            $0.app = app
            $0.end = end
        }
        let reply = try await world.routes { try await query.send($0) }
        #expect(reply.data == "RoomId,Audio,SD,hd,FullHD,2K,4K\n")
    }

    @Test("Room ids with quotation marks, backslashes and control characters are escaped in JSON")
    func escaping() {
        let text = "a\"b\\c\nd\re\u{01}f\u{1F}g数/\u{7F}"
        let expected = #""a\"b\\c\nd\re\u0001f\u001fg数/"# + "\u{7F}\""
        #expect(String(decoding: JSONText.quoted(text), as: UTF8.self) == expected)
        #expect(JSONValue(JSONText.quoted(text)) == .string(text))
    }

    @Test("The answer is compressed when the client takes gzip, and only then", arguments: encodings)
    func gzip(_ header: String, _ compressed: Bool) async throws {
        let world = World()
        let query = world.query().with { $0.headers[.acceptEncoding] = header }
        let reply = try await world.routes { try await query.send($0) }
        #expect((reply.headers[.contentEncoding] == "gzip") == compressed)
        #expect(reply.headers[.contentLength] == String(reply.body.count))
        let body = compressed ? try #require(Inflate.gzip(reply.body)) : reply.body
        let plain = TencentReply(status: .ok, headers: [:], body: body)
        #expect(plain.rooms.count > 100)
    }

    @Test("Errors are compressed too, and an empty body survives compression")
    func gzipErrors() async throws {
        let world = World()
        let query = world.query().with {
            $0.headers[.acceptEncoding] = "gzip"
            $0.app = "5"
        }
        let reply = try await world.routes { try await query.send($0) }
        let body = try #require(Inflate.gzip(reply.body))
        let plain = TencentReply(status: .ok, headers: [:], body: body)
        #expect(plain.code == "FailedOperation.SdkAppIdNotExist")
        #expect(Inflate.gzip(try #require(Gzip.compress([]))) == [])
    }

    private static let encodings = [
        ("gzip", true), ("deflate, gzip;q=0.5", true), ("GZIP", true), ("identity", false), ("gzip;q=0", false),
        ("br, gzip; q=0.0", false), ("", false),
    ]
}

/// zlib's other half.
enum Inflate {
    /// What a gzip member holds; `nil` when it is none or holds more than 4 MB.
    static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { unsafe inflateEnd(&stream) }
        var input = bytes
        var finished = Z_OK
        let output = unsafe [UInt8](unsafeUninitializedCapacity: 4_000_000) { output, written in
            unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                finished = unsafe inflate(&stream, Z_FINISH)
            }
            written = unsafe output.count - Int(stream.avail_out)
        }
        return finished == Z_STREAM_END ? output : nil
    }
}
