import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import ProviderSimulator

@Suite("Faults over a real connection")
struct FaultTests {
    @Test("An answer of the provider's own says no and is logged with its code", arguments: refusals)
    func refused(_ kind: FaultKind, _ code: String) async throws {
        let world = World()
        let reply = try await world.struck(by: kind)
        #expect(reply.status == .ok)
        #expect(reply.code == code)
        #expect(reply.data == nil)
        #expect(world.simulation.calls.all.map(\.outcome) == [code])
        #expect(world.simulation.calls.all.map(\.fault) == [kind.rawValue])
    }

    @Test("A gateway's answer is a page with a status of its own", arguments: pages)
    func page(_ kind: FaultKind, _ status: Int) async throws {
        let world = World()
        let reply = try await world.struck(by: kind)
        #expect(reply.status.code == status)
        #expect(reply.headers[.contentType] == "text/html")
        #expect(reply.text.hasPrefix("<html>"))
        #expect(reply.headers[.retryAfter] == (kind == .retryAfter ? "7" : nil))
        #expect(world.simulation.calls.all.map(\.outcome) == [kind.rawValue])
    }

    @Test("A redirect leads where it was told to")
    func redirect() async throws {
        let reply = try await World().struck(by: .redirect)
        #expect(reply.status == .found)
        #expect(reply.headers[.location] == "https://example.com/elsewhere")
        #expect(reply.body.isEmpty)
    }

    @Test("Other data than documented comes in a good envelope", arguments: data)
    func distorted(_ kind: FaultKind, _ expected: String) async throws {
        let world = World()
        let reply = try await world.struck(by: kind, app: "1400000003")
        #expect(reply.status == .ok)
        #expect(reply.data == "RoomId,Audio,SD,hd,FullHD,2K,4K\n" + expected)
        #expect(world.simulation.calls.all.map(\.outcome) == [kind.rawValue])
    }

    @Test("Data may be empty, a header alone, null, or no JSON at all")
    func missingData() async throws {
        let empty = try await World().struck(by: .emptyData)
        #expect(empty.data?.isEmpty == true)
        let header = try await World().struck(by: .headerOnly)
        #expect(header.data == "RoomId,Audio,SD,hd,FullHD,2K,4K\n")
        let null = try await World().struck(by: .nullData)
        #expect(null.text.hasPrefix(#"{"Response":{"Data":null,"RequestId":""#))
        let text = try await World().struck(by: .notJSON)
        #expect(text.status == .ok)
        #expect(JSONValue(text.body) == nil)
        #expect(text.headers[.contentType] == "application/json")
    }

    @Test("Another dialect says the same figures with other line ends, quotes and columns")
    func dialect() async throws {
        let world = World()
        let data = try #require(try await world.struck(by: .bomCRLFQuoted).data)
        #expect(data.hasPrefix("\u{FEFF}ROOMID,4k,2k,FULLHD,HD,sd,audio,Remark\r\n\""))
        let lines = data.split(separator: "\r\n", omittingEmptySubsequences: false).dropFirst()
        #expect(lines.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix(",-") })
        let truth = world.visible()
        #expect(lines.count == truth.count)
        for line in lines {
            let parts = line.dropFirst().split(separator: "\"")
            let figures = parts.last?.split(separator: ",").compactMap { Int($0) } ?? []
            #expect(truth[parts.dropLast().joined(separator: "\"")]?.columns == figures.reversed())
        }
    }

    @Test("Rooms in two rows each add up to the truth")
    func duplicates() async throws {
        let world = World()
        let reply = try await world.struck(by: .duplicateRooms)
        let truth = world.visible()
        #expect(reply.rooms == truth)
        #expect(reply.data?.split(separator: "\n").count == 1 + 2 * truth.count)
    }

    @Test("Decimals carry a quarter of a second more")
    func decimals() async throws {
        let world = World()
        let reply = try await world.struck(by: .decimals)
        let lines = (reply.data ?? "").split(separator: "\n").dropFirst()
        let fields = lines.flatMap { $0.split(separator: ",").suffix(6) }
        #expect(fields.allSatisfy { $0 == "0" || $0.hasSuffix(".25") })
        let sum = fields.compactMap { Double($0) }.reduce(0) { $0 + $1.rounded(.down) }
        #expect(Int(sum) == world.visible().values.reduce(0) { $0 + $1.sum })
    }

    @Test("Invalid UTF-8 arrives byte for byte")
    func invalidUTF8() async throws {
        let reply = try await World().struck(by: .invalidUTF8)
        #expect(reply.status == .ok)
        #expect(String(validating: reply.body, as: UTF8.self) == nil)
        #expect(reply.text.contains(#"4K\n"# + "\u{FFFD}("))
    }

    @Test("A truncated body ends before its announced length")
    func truncated() async throws {
        let world = World()
        await #expect(throws: (any Error).self) { try await world.struck(by: .truncatedBody) }
        #expect(world.simulation.calls.all.map(\.outcome) == ["truncated-body"])
    }

    @Test("A slow answer is the right one in 120 pieces, a second apart")
    func drip() async throws {
        let world = World()
        let pauses = Recorder<Duration>()
        world.simulation.faults.add(SimulatedFault(.slowDrip))
        let reply = try await world.connected(pause: { pauses.add($0) }) { try await world.query().send($0) }
        #expect(reply.rooms == world.visible())
        #expect(pauses.all.filter { $0 == .seconds(1) }.count > 110)
    }

    @Test("An oversized answer is well-formed and of more than 60 MB")
    func oversized() async throws {
        let world = World()
        world.simulation.faults.add(SimulatedFault(.oversized))
        // Without a connection, because the test client's time grows with the square of a body's length.
        let reply = try await world.routes { try await world.query().send($0) }
        #expect(reply.body.count > 60_000_000)
        #expect(reply.headers[.contentLength] == nil)
        #expect(reply.body.starts(with: #"{"Response":{"Data":"RoomId,"#.utf8))
        #expect(reply.body.suffix(2).elementsEqual(#""}"#.utf8))
    }

    @Test("A wrong clock refuses good timestamps and accepts those that follow its Date header")
    func wrongClock() async throws {
        let world = World()
        world.simulation.faults.add(SimulatedFault(.wrongClock))
        let replies = try await world.connected { client in
            let first = try await world.query().send(client)
            world.dial.pass(.seconds(15))
            return [first, try await world.query().with { $0.timestamp += 3_600 }.send(client)]
        }
        #expect(replies.map(\.code) == ["AuthFailure.SignatureExpire", nil])
        #expect(replies.map { $0.headers[.date] }.first == "Wed, 04 Mar 2026 08:00:00 GMT")
        #expect(replies.last?.rooms == world.visible())
        #expect(world.simulation.calls.all.map(\.outcome) == ["AuthFailure.SignatureExpire", "ok"])
        #expect(world.simulation.calls.all.map(\.fault) == ["wrong-clock", "wrong-clock"])
    }

    @Test("A counted fault for one app is over after its count, and spares other apps")
    func counted() async throws {
        let world = World()
        world.simulation.faults.add(SimulatedFault(.internalError, app: "1400000001", count: 1))
        let codes = try await world.connected { client in
            var codes: [String?] = []
            for app in ["1400000002", "1400000001", "1400000001"] {
                codes.append(try await world.query().with { $0.app = app }.send(client).code)
                world.dial.pass(.seconds(15))
            }
            return codes
        }
        #expect(codes == [nil, "InternalError", nil])
    }

    @Test("Every fault leaves its name in the log", arguments: FaultKind.allCases.filter { $0.applies(to: .roomUsage) })
    func logged(_ kind: FaultKind) async throws {
        let world = World()
        world.simulation.faults.add(SimulatedFault(kind, count: 1))
        _ = try? await world.routes { try await world.query().send($0) }
        #expect(world.simulation.calls.all.map(\.fault) == [kind.rawValue])
        #expect(world.simulation.faults.active.isEmpty)
    }

    private static let refusals: [(FaultKind, String)] = [
        (.throttled, "RequestLimitExceeded"), (.signatureFailure, "AuthFailure.SignatureFailure"),
        (.unauthorizedOperation, "AuthFailure.UnauthorizedOperation"), (.secretExpired, "AuthFailure.TokenFailure"),
        (.internalError, "InternalError"),
    ]
    private static let pages: [(FaultKind, Int)] = [
        (.serviceUnavailable, 503), (.gatewayTimeout, 504), (.retryAfter, 429),
    ]
    private static let data: [(FaultKind, String)] = [
        (.negative, "faulty_room,-60,0,60,0,0,0\n"), (.letters, "faulty_room,many,0,60,0,0,0\n"),
        (.tooFewFields, "faulty_room,60,0,60,0\n"), (.notFinite, "faulty_room,NaN,Infinity,1e999,0,0,0\n"),
    ]
}

extension World {
    /// The answer to a good call while a fault is switched on.
    fileprivate func struck(by kind: FaultKind, app: String = "1400000001") async throws -> TencentReply {
        simulation.faults.add(SimulatedFault(kind, location: "https://example.com/elsewhere", retryAfter: 7))
        return try await connected { try await query().with { $0.app = app }.send($0) }
    }

    /// What is visible of the large app's current day.
    fileprivate func visible() -> [String: TierSeconds] {
        let day = SimulatedDay(containing: World.now)
        let now = simulation.clock.now
        return simulation.truth.visible(app: "1400000001", from: day.start, to: day.end, now: now)
    }
}
