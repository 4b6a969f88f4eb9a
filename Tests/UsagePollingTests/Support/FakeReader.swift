import Synchronization
import TestSupport
import Usage

/// A source that answers as a test says, after as long as it says, and remembers what it was asked.
final class FakeReader: UsageReader {
    /// One call, as it arrived.
    struct Call: Sendable {
        let app: String
        let window: UsageWindow
        let askedAt: UnixTime
        let uptime: Duration
        /// The machine's clock, which is not always what ``askedAt`` goes by.
        let wall: UnixTime
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
        /// Whether the answer tells something of a day.
        var tells: @Sendable (UsageDay) -> Bool = { _ in true }
        var wasSent = true
        var sideCalls: [SideCall] = []

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
            let call = Call(
                app: app,
                window: window,
                askedAt: now,
                uptime: clock.uptime,
                wall: clock.now,
                number: calls.count
            )
            calls.append(call)
            return call
        }
        let reply = reply(call)
        do {
            try await clock.pass(reply.takes)
        } catch {
            return ReadingAnswer(.failure(ReadingFailure(.unavailable, "The call was cancelled.")))
        }
        return ReadingAnswer(
            reply.failure.map { .failure($0) } ?? .success(reading(call, reply)),
            providerTime: reply.providerTime,
            wasSent: reply.wasSent,
            sideCalls: reply.sideCalls
        )
    }

    private func reading(_ call: Call, _ reply: Reply) -> Reading {
        let usage = RoomUsage(room: RoomID("room"), seconds: TierSeconds([.sd: reply.seconds]))
        return Reading(
            app: AppKey(provider: source.provider, app: call.app),
            window: call.window,
            askedAt: call.askedAt,
            days: call.window.days.filter(reply.tells).map {
                DayUsage(day: $0, rooms: reply.seconds == 0 ? [] : [usage])
            },
            anomalies: reply.anomalies
        )
    }
}

extension [FakeReader.Call] {
    /// The times between arrivals.
    var gaps: [Duration] { zip(dropFirst(), self).map { $0.uptime - $1.uptime } }
}
