import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Failures that are mended, and those that are for good", .timeLimit(.minutes(1)))
struct MendedFailureTests {
    private static func setup(apps: Int) -> PollBench.Setup {
        var setup = PollBench.Setup()
        setup.apps = apps
        return setup
    }

    private static let mended = ReadingFailure(.unauthorized, "The old token.", cause: .expiredKey, isMended: true)

    @Test("What is mended is repeated at the next turn, and backs off when that did not help")
    func mended() async {
        let bench = PollBench(Self.setup(apps: 1)) { _ in FakeReader.Reply(failure: Self.mended) }
        await bench.run { await bench.clock.advance(by: .minutes(20)) }
        let waits = [15, 120, 240, 480].map { Duration.seconds($0) + .milliseconds(20) }
        #expect(bench.reader.calls.gaps.prefix(4) == waits[...])
    }

    @Test("After a success the next mended failure is repeated at once again")
    func mendedAgain() async {
        let bench = PollBench(Self.setup(apps: 1)) {
            $0.number.isMultiple(of: 2) ? FakeReader.Reply(failure: Self.mended) : .good
        }
        await bench.run { await bench.clock.advance(by: .minutes(20)) }
        let gaps = bench.reader.calls.gaps
        #expect(gaps.count >= 6)
        for (index, gap) in gaps.enumerated() {
            #expect(gap == (index.isMultiple(of: 2) ? .milliseconds(15_020) : .seconds(285)))
        }
    }

    @Test("What is mended holds up no other app")
    func others() async {
        let bench = PollBench(Self.setup(apps: 3)) {
            $0.number == 0 ? FakeReader.Reply(failure: Self.mended) : .good
        }
        await bench.run { await bench.clock.advance(by: .minutes(1)) }
        #expect(
            bench.reader.calls.map(\.app) == ["0", "1", "2", "0"]
                || bench.reader.calls.map(\.app) == ["0", "0", "1", "2"]
        )
        #expect(bench.reader.calls.gaps.allSatisfy { $0 == .milliseconds(15_020) })
    }

    @Test("An API that is no longer served is asked once a day by the whole budget")
    func retired() async {
        let bench = PollBench(Self.setup(apps: 40)) { _ in
            FakeReader.Reply(failure: ReadingFailure(.rejected, "Gone.", scope: .account, cause: .retired))
        }
        await bench.run { await bench.clock.advance(by: .days(3) + .minutes(1)) }
        #expect(bench.reader.calls.count == 4)
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .days(1) && $0 <= .days(1) + .minutes(1) })
    }

    @Test("Renewed keys do not end a wait that the provider asked for")
    func askedToWait() async {
        let bench = PollBench(Self.setup(apps: 2)) { _ in .failing(.throttled, retryAfter: .hours(1)) }
        await bench.run {
            await bench.clock.advance(by: .minutes(30))
            await bench.retryNow()
            await bench.clock.advance(by: .minutes(29))
            #expect(bench.reader.calls.count == 1)
            await bench.clock.advance(by: .minutes(2))
            #expect(bench.reader.calls.count == 2)
        }
    }

    @Test("Waits for a refused key can be ended, but not the spacing")
    func retryNow() async {
        let bench = PollBench(Self.setup(apps: 2)) { _ in .failing(.unauthorized, retryAfter: .hours(5)) }
        await bench.run {
            await bench.clock.advance(by: .hours(1))
            let before = bench.reader.calls.count
            #expect(before == 1)
            let uptime = bench.clock.uptime
            await bench.retryNow()
            await bench.clock.rest()
            #expect(bench.reader.calls.dropFirst(before).map(\.uptime) == [uptime])
            await bench.clock.advance(by: .seconds(1))
            await bench.retryNow()
            await bench.clock.advance(by: .seconds(15))
            #expect(bench.reader.calls.count == before + 2)
        }
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(15) })
    }
}
