import Usage
import UsageProviders

/// A store that never sees a room's id: the user wants keyed hashes in its place.
struct HashingStore: ReadingStore {
    let store: any ReadingStore
    let key: Secret

    /// Tells one naming of rooms from another without telling the key.
    static func naming(by key: Secret?) -> String {
        key.map { "hashed " + RoomID("room naming").hashed(key: $0.reveal()).text } ?? "plain"
    }

    func record(_ reading: Reading, from source: UsageSource) async throws -> [RecordedDay] {
        let safe = Reading(
            app: reading.app,
            window: reading.window,
            askedAt: reading.askedAt,
            days: reading.days.map { day in
                DayUsage(day: day.day, rooms: day.rooms.map(hashed), intervals: day.intervals)
            },
            anomalies: reading.anomalies
        )
        return try await store.record(safe, from: source)
    }

    private func hashed(_ usage: RoomUsage) -> RoomUsage {
        let room = usage.room.isReserved ? usage.room : usage.room.hashed(key: key.reveal())
        return RoomUsage(room: room, seconds: usage.seconds)
    }

    func distrustReadings(of app: AppKey, from source: UsageSource, askedAfter now: UnixTime) async throws {
        try await store.distrustReadings(of: app, from: source, askedAfter: now)
    }

    func recordedDays(of app: AppKey, from source: UsageSource, since first: UsageDay) async throws -> [RecordedDay] {
        try await store.recordedDays(of: app, from: source, since: first)
    }
}
