import Synchronization
import Usage

/// A source that answers as a test says, after as long as it says, and remembers what it was asked.
final class FakeReader: UsageReader {
    /// One call, as it arrived.
    struct Call: Sendable {
        let app: String
        let window: UsageWindow
        let askedAt: UnixTime
        let uptime: Duration
        /// How many calls came before.
        let number: Int
    }

    /// What comes of a call.
    struct Reply: Sendable {
        var takes = Duration.milliseconds(20)
        var failure: ReadingFailure?
        var seconds = 60
        var anomalies: [ReadingAnomaly: Int] = [:]
        var providerTime: UnixTime?

        static let good = Reply()

        static func failing(_ reason: ReadingFailure.Reason, retryAfter: Duration? = nil) -> Reply {
            Reply(failure: ReadingFailure(reason, "It fails.", retryAfter: retryAfter))
        }

        static func taking(_ duration: Duration) -> Reply { Reply(takes: duration) }
    }

    let source: UsageSource
    private let clock: TurnedClock
    private let reply: @Sendable (Call) -> Reply
    private let storage = Mutex<[Call]>([])

    init(source: UsageSource, clock: TurnedClock, reply: @escaping @Sendable (Call) -> Reply) {
        self.source = source
        self.clock = clock
        self.reply = reply
    }

    var calls: [Call] { storage.withLock { $0 } }

    func calls(of app: String) -> [Call] { calls.filter { $0.app == app } }

    func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
        let call = storage.withLock { calls in
            let call = Call(app: app, window: window, askedAt: now, uptime: clock.uptime, number: calls.count)
            calls.append(call)
            return call
        }
        let reply = reply(call)
        do {
            try await clock.pass(reply.takes)
        } catch {
            return ReadingAnswer(.failure(ReadingFailure(.unavailable, "The call was cancelled.")))
        }
        if let failure = reply.failure { return ReadingAnswer(.failure(failure), providerTime: reply.providerTime) }
        let usage = RoomUsage(room: RoomID("room"), seconds: TierSeconds([.sd: reply.seconds]))
        let reading = Reading(
            app: AppKey(provider: source.provider, app: app),
            window: window,
            askedAt: now,
            rooms: reply.seconds == 0 ? [] : [usage],
            anomalies: reply.anomalies
        )
        return ReadingAnswer(.success(reading), providerTime: reply.providerTime)
    }
}

extension [FakeReader.Call] {
    /// The times between arrivals.
    var gaps: [Duration] { zip(dropFirst(), self).map { $0.uptime - $1.uptime } }
}
