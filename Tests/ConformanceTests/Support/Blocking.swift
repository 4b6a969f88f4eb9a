import Dispatch
import Synchronization
import Usage

/// The result of work that one thread does and another waits for.
private final class Outcome<Value: Sendable>: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<Value, any Error>?>(nil)

    func set(_ value: Result<Value, any Error>) {
        result.withLock { $0 = value }
        done.signal()
    }

    func wait() throws -> Value {
        done.wait()
        guard let result = result.withLock({ $0 }) else { throw CancellationError() }
        return try result.get()
    }
}

/// Does asynchronous work while the calling thread waits, so that a clock which counts jobs sees one job and stands still.
///
/// The thread is that of the tests' own executor, for which nobody else waits.
private func blocking<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let outcome = Outcome<Value>()
    Task.detached {
        do {
            outcome.set(.success(try await work()))
        } catch {
            outcome.set(.failure(error))
        }
    }
    return try outcome.wait()
}

/// A reader whose calls take no time by a turned clock, however long the real network takes.
struct BlockingReader: UsageReader {
    let reader: any UsageReader

    var source: UsageSource { reader.source }

    func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
        let (reader, failed) = (reader, ReadingFailure(.unavailable, "The call was given up."))
        return (try? blocking { await reader.read(app: app, window: window, now: now) })
            ?? ReadingAnswer(.failure(failed))
    }
}

/// A store whose work takes no time by a turned clock.
struct BlockingStore: ReadingStore {
    let store: any ReadingStore
    let log: ReadingLog

    func record(_ reading: Reading, from source: UsageSource) async throws -> [RecordedDay] {
        let store = store
        let recorded = try blocking { try await store.record(reading, from: source) }
        log.append(reading)
        return recorded
    }

    func distrustReadings(of app: AppKey, from source: UsageSource, askedAfter now: UnixTime) async throws {
        let store = store
        try blocking { try await store.distrustReadings(of: app, from: source, askedAfter: now) }
    }

    func recordedDays(of app: AppKey, from source: UsageSource, since first: UsageDay) async throws -> [RecordedDay] {
        let store = store
        return try blocking { try await store.recordedDays(of: app, from: source, since: first) }
    }
}
