import Synchronization
import Testing

@testable import rtc_exporter

@Suite("What begins and ends while the exporter runs", .timeLimit(.minutes(1)))
struct ChildTasksTests {
    /// What children say, in the order in which they say it.
    private struct Voices: Sendable {
        let heard: AsyncStream<String>
        private let voice: AsyncStream<String>.Continuation

        init() { (heard, voice) = AsyncStream.makeStream() }

        /// Says when it begins and when it is cancelled.
        func body(_ name: String) -> @Sendable () async -> Void {
            { [voice] in
                voice.yield("\(name) begins")
                try? await Task.sleep(for: .seconds(3600))
                voice.yield("\(name) \(Task.isCancelled ? "is cancelled" : "goes on")")
            }
        }
    }

    /// How many are in it, were at once at most, and ever were.
    private final class Room: Sendable {
        private let state = Mutex((now: 0, most: 0, all: 0))

        var counts: [Int] { state.withLock { [$0.now, $0.most, $0.all] } }

        func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.all + 1) } }

        func leave() { state.withLock { $0.now -= 1 } }
    }

    @Test("One that is let go ends alone, and the rest with the service; the ones before the start wait for it")
    func endsAlone() async {
        let (children, voices) = (ChildTasks(), Voices())
        var heard = voices.heard.makeAsyncIterator()
        let first = children.begin(voices.body("first"))
        let service = Task { await children.run() }
        #expect(await heard.next() == "first begins")
        children.begin(voices.body("second"))
        #expect(await heard.next() == "second begins")
        first.release()
        first.release()
        #expect(await heard.next() == "first is cancelled")
        service.cancel()
        #expect(await heard.next() == "second is cancelled")
        await service.value
    }

    @Test("One that is let go before the start ends at once, and one that comes to its end by itself does no harm")
    func early() async {
        let (children, voices) = (ChildTasks(), Voices())
        var heard = voices.heard.makeAsyncIterator()
        children.begin(voices.body("late")).release()
        let quick = children.begin {}
        let service = Task { await children.run() }
        #expect(await heard.next() == "late begins")
        #expect(await heard.next() == "late is cancelled")
        quick.release()
        children.begin(voices.body("next"))
        #expect(await heard.next() == "next begins")
        service.cancel()
        await service.value
    }

    @Test("At a turnstile everybody has a turn, one after the other")
    func turns() async {
        let turnstile = Turnstile()
        let room = Room()
        await withTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    await turnstile.enter()
                    defer { turnstile.leave() }
                    room.enter()
                    await Task.yield()
                    room.leave()
                }
            }
        }
        #expect(room.counts == [0, 1, 50])
    }

    @Test("A worker goes on while its account does, and is replaced or let go when that changes or goes")
    func workers() async throws {
        let plan = try PollingPlan.sample(accounts([tencent("a"), tencent("b", id: "OTHER", apps: [2])]))
        let again = try PollingPlan.sample(accounts([tencent("a", apps: [1, 5])]), after: plan)
        let other = try PollingPlan.sample(accounts([tencent("a", "region: ap-singapore")]), after: again)
        let (children, voices) = (ChildTasks(), Voices())
        var heard = voices.heard.makeAsyncIterator()
        var workers = AccountWorkers<String>()
        func adopt(_ plan: PollingPlan) {
            workers.adopt(plan.accounts, goesOn: { $0.isSameWay(as: $1) }) { account in
                let name = "\(account.account.name) at \(account.account.details["region"] ?? "")"
                return (name, children.begin(voices.body(name)))
            }
        }
        adopt(plan)
        let service = Task { await children.run() }
        let begun = [await heard.next(), await heard.next()].compactMap(\.self).sorted()
        #expect(begun == ["a at ap-guangzhou begins", "b at ap-guangzhou begins"])
        adopt(again)
        #expect(await heard.next() == "b at ap-guangzhou is cancelled")
        #expect(workers[again.accounts[0]] == "a at ap-guangzhou")
        #expect(workers[plan.accounts[1]] == nil)
        adopt(other)
        let changed = [await heard.next(), await heard.next()].compactMap(\.self).sorted()
        #expect(changed == ["a at ap-guangzhou is cancelled", "a at ap-singapore begins"])
        #expect(workers[other.accounts[0]] == "a at ap-singapore")
        #expect(workers[again.accounts[0]] == nil)
        service.cancel()
        await service.value
    }
}
