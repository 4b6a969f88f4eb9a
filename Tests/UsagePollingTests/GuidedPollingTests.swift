import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Polling apps that a cheaper source watches", .timeLimit(.minutes(1)))
struct GuidedPollingTests {
    private static let guide = UsageSource.appUsage

    /// What the cheap source has to tell of an app.
    private static func told(_ seconds: Int, at time: UnixTime) -> [RecordedDay] {
        [RecordedDay(day: guide.day(containing: time), askedAt: time, confirmedAt: time, seconds: seconds)]
    }

    private static func bench(apps: Int) -> PollBench {
        var setup = PollBench.Setup()
        setup.apps = apps
        setup.guide = guide
        // The rooms themselves tell the same: only app 2 is ever used.
        return PollBench(setup) { FakeReader.Reply(seconds: $0.app == "2" ? $0.number + 1 : 0) }
    }

    /// The cheap source speaks of all apps every five minutes; of those in use the figure grows.
    private static func watch(_ bench: PollBench, for duration: Duration, inUse: Set<Int>) async {
        let end = bench.clock.uptime + duration
        while bench.clock.uptime < end {
            let now = bench.clock.now
            for app in 0..<bench.apps {
                let seconds = inUse.contains(app) ? Int(bench.clock.uptime.components.seconds) : 0
                await bench.tell(told(seconds, at: now), of: app, from: guide.name)
            }
            await bench.clock.advance(by: min(.minutes(5), end - bench.clock.uptime))
        }
    }

    @Test("Rooms are asked for where something happens, and hardly elsewhere")
    func guided() async {
        let bench = Self.bench(apps: 6)
        await bench.run { await Self.watch(bench, for: .hours(12), inUse: [2]) }
        #expect((143...146).contains(bench.reader.calls(of: "2").count))
        for app in [0, 1, 3, 4, 5] {
            #expect((2...4).contains(bench.reader.calls(of: "\(app)").count))
        }
    }

    @Test("The first word of an app's use wakes the poller at once, however long it meant to sleep")
    func wakes() async throws {
        let bench = Self.bench(apps: 2)
        await bench.run {
            await Self.watch(bench, for: .hours(1), inUse: [])
            await bench.clock.advance(by: .seconds(100))
            let before = bench.reader.calls.count
            await bench.tell(Self.told(7, at: bench.clock.now), of: 1, from: Self.guide.name)
            await bench.clock.rest()
            let new = bench.reader.calls.dropFirst(before)
            #expect(new.map(\.app) == ["1"])
            #expect(new.first?.uptime == bench.clock.uptime)
        }
    }

    @Test("An app that is polled no more is not woken")
    func removed() async throws {
        let bench = Self.bench(apps: 2)
        try await bench.run {
            await Self.watch(bench, for: .hours(1), inUse: [])
            try await bench.poll([0])
            let before = bench.reader.calls.count
            await bench.tell(Self.told(7, at: bench.clock.now), of: 1, from: Self.guide.name)
            await bench.clock.advance(by: .seconds(30))
            #expect(bench.reader.calls.count == before)
        }
    }
}
