import Testing
import Usage

@testable import rtc_exporter

@Suite("News for the page", .timeLimit(.minutes(1)))
struct ChangedAppsTests {
    private static func app(_ id: String) -> AppKey { AppKey(provider: Provider(rawValue: "example"), app: id) }

    /// The batches, as long as `wantsMore` says so.
    private func batches(
        of changed: ChangedApps,
        while wantsMore: @escaping @Sendable (Int, ChangedApps.Batch) -> Bool
    ) async -> [ChangedApps.Batch] {
        let (batches, continuation) = AsyncStream<ChangedApps.Batch>.makeStream()
        let task = Task { await changed.forEachBatch { continuation.yield($0) } }
        defer { task.cancel() }
        var seen: [ChangedApps.Batch] = []
        for await batch in batches {
            seen.append(batch)
            if !wantsMore(seen.count, batch) { break }
        }
        return seen
    }

    @Test("News that could not be shown comes again, together with what has come since")
    func again() async {
        let changed = ChangedApps()
        changed.insert(Self.app("a"))
        changed.noteLists()
        let seen = await batches(of: changed) { number, batch in
            guard number == 1 else { return false }
            changed.insert(Self.app("b"))
            changed.insert(batch)
            return true
        }
        #expect(seen.map(\.apps) == [[Self.app("a")], [Self.app("a"), Self.app("b")]])
        #expect(seen.map(\.listsChanged) == [true, true])
    }

    @Test("A call that concerns no single app makes the page new as well")
    func calls() async {
        let changed = ChangedApps()
        changed.noteCalls()
        let seen = await batches(of: changed) { _, _ in false }
        #expect(seen.map(\.apps) == [[]])
        #expect(seen.map(\.listsChanged) == [false])
    }
}
