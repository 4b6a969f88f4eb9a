import Synchronization
import Testing
import Usage
import UsageProviders

@testable import rtc_exporter

@Suite("Rooms under keyed hashes")
struct HashingStoreTests {
    /// Remembers the readings that it was given.
    private final class Remembering: ReadingStore {
        private let known = Mutex<[Reading]>([])

        var readings: [Reading] { known.withLock { $0 } }

        func record(_ reading: Reading, from source: UsageSource) async throws -> [RecordedDay] {
            known.withLock { $0.append(reading) }
            return []
        }

        func distrustReadings(of app: AppKey, from source: UsageSource, askedAfter now: UnixTime) async throws {}

        func recordedDays(of app: AppKey, from source: UsageSource, since first: UsageDay) async throws
            -> [RecordedDay]
        { [] }
    }

    @Test("Only the names of rooms are others: figures, five minutes and anomalies stay")
    func onlyNames() async throws {
        let day = UsageDay(number: 20_512, zone: .beijing)
        let (audio, video) = (TierSeconds([.audio: 60]), TierSeconds([.hd: 300]))
        let intervals = [
            IntervalUsage(start: day.start, seconds: audio),
            IntervalUsage(start: day.start + .seconds(900), seconds: video),
        ]
        let rooms = [RoomUsage(room: .empty, seconds: audio), RoomUsage(room: RoomID("math"), seconds: video)]
        let reading = Reading(
            app: AppKey(provider: .tencent, app: "1400017192"),
            window: UsageWindow(day: day),
            askedAt: day.end,
            days: [DayUsage(day: day, rooms: rooms, intervals: intervals)],
            anomalies: [.fraction: 2]
        )
        let store = Remembering()
        _ = try await HashingStore(store: store, key: Secret("key")).record(reading, from: TencentProvider.trtcUsage)
        let kept = try #require(store.readings.first)
        #expect(kept.days.map(\.day) == [day])
        #expect(kept.days.first?.intervals == intervals)
        #expect(
            kept.days.first?.rooms == [rooms[0], RoomUsage(room: RoomID("math").hashed(key: "key"), seconds: video)]
        )
        #expect(kept.anomalies == reading.anomalies)
        #expect((kept.app, kept.window, kept.askedAt) == (reading.app, reading.window, reading.askedAt))
    }
}
