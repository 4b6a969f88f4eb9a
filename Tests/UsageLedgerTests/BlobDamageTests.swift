import TestSupport
import Testing
import Usage

@testable import UsageLedger

@Suite("Values of the ledger that were damaged")
struct BlobDamageTests {
    private static let day = LedgerExamples.day

    @Test("What no writer wrote is read as damage or as something in order, and never stops the process")
    func randomBytes() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 { Self.expectHarmless(random.bytes(random.below(60))) }
    }

    @Test("Rooms that were changed in some places are read as damage, or as rooms")
    func rooms() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<3_000 {
            let rooms = (0..<random.below(30)).map {
                RoomUsage(room: RoomID("room-\($0)"), seconds: random.tierSeconds())
            }
            Self.expectHarmless(Self.changed(RoomBlock.run(of: rooms), using: &random))
        }
    }

    @Test("A trail that was changed in some places is read as damage, or as one that readings can be added to")
    func trails() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<3_000 {
            var trail = DayTrail()
            for index in 0..<random.below(20) { trail.note(Self.entry(hour: Double(index), using: &random)) }
            Self.expectHarmless(Self.changed(trail.blob, using: &random))
        }
    }

    @Test("A day by five minutes that was changed in some places is read as damage, or as one")
    func intervals() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<3_000 {
            let intervals = (0..<288).filter { _ in random.oneIn(9) }.map { place in
                IntervalUsage(start: Self.day.start + IntervalUsage.length * place, seconds: random.tierSeconds())
            }
            Self.expectHarmless(Self.changed(intervals.blob(of: Self.day), using: &random))
        }
    }

    @Test("Moments and figures beyond all that can be are damage: nothing could be computed from them")
    func beyond() {
        var (late, early, large) = (BlobWriter(), BlobWriter(), BlobWriter())
        for (value, isFirst) in [(Int.max, true), (Int.min, false)] {
            var writer = BlobWriter()
            writer.append(signed: value)
            writer.append(signed: 0)
            writer.append(.zero, since: .zero)
            if isFirst { late = writer } else { early = writer }
        }
        large.append(signed: 1)
        large.append(signed: 0)
        large.append(TierSeconds([.audio: .max]), since: .zero)
        for blob in [late.bytes, early.bytes, large.bytes] {
            #expect(throws: BlobDamage.self) { try DayTrail(blob: blob) }
        }
    }

    @Test("Entries that go back in time are damage: no trail has them")
    func order() {
        var writer = BlobWriter()
        for distance in [5_000, -1_000] {
            writer.append(signed: distance)
            writer.append(signed: 0)
            writer.append(.zero, since: .zero)
        }
        #expect(throws: BlobDamage.self) { try DayTrail(blob: writer.bytes) }
    }

    @Test("Trails and days by five minutes come back as they were")
    func roundTrips() throws {
        var random = SeededGenerator(seed: 5)
        for count in 0..<60 {
            var trail = DayTrail()
            for _ in 0..<count { trail.note(Self.entry(hour: Double(random.below(9_000)) / 7, using: &random)) }
            #expect(try DayTrail(blob: trail.blob) == trail)
            let intervals = (0..<288).filter { _ in random.below(60) < count }.map { place in
                IntervalUsage(start: Self.day.start + IntervalUsage.length * place, seconds: random.tierSeconds())
            }
            #expect(try [IntervalUsage](blob: intervals.blob(of: Self.day), of: Self.day) == intervals)
        }
    }

    /// What is read can be worked with and written again.
    private static func expectHarmless(_ bytes: [UInt8]) {
        if let rooms = try? RoomBlock.rooms(in: bytes) {
            #expect((try? RoomBlock.rooms(in: RoomBlock.run(of: rooms))) == rooms)
            #expect(rooms.allSatisfy { $0.seconds.total >= 0 })
        }
        if var trail = try? DayTrail(blob: bytes) {
            trail.note(.init(askedAt: day.at(hour: 40), through: day.end, seconds: TierSeconds([.audio: 1])))
            trail.note(.init(askedAt: day.at(hour: 41), through: day.end, seconds: .zero))
            #expect((try? DayTrail(blob: trail.blob)) == trail)
            let revisions = trail.revisions(of: day, by: LedgerExamples.source)
            #expect(revisions.up >= 0 && revisions.down >= 0)
        }
        if let intervals = try? [IntervalUsage](blob: bytes, of: day) {
            #expect((try? [IntervalUsage](blob: intervals.blob(of: day), of: day)) == intervals)
            #expect(intervals.allSatisfy { $0.start >= day.start && $0.end <= day.end })
        }
    }

    private static func changed(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.below(4) + 1 where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes[place] ^= 1 << UInt8(random.below(8))
            case 1: bytes[place] = UInt8(random.below(256))
            case 2: bytes.remove(at: place)
            default: bytes.insert(UInt8(random.below(256)), at: place)
            }
        }
        return bytes
    }

    private static func entry(hour: Double, using random: inout SeededGenerator) -> DayTrail.Entry {
        let askedAt = day.at(hour: hour)
        return DayTrail.Entry(askedAt: askedAt, through: min(day.end, askedAt), seconds: random.tierSeconds())
    }
}
