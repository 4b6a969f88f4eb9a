import Foundation
import Testing

@Suite("The budget of calls, measured where calls arrive")
struct BudgetUseTests {
    @Test("While work waits the budget is used for a minute, and no call comes too early", .timeLimit(.minutes(3)))
    func oneMinute() async throws {
        let spacing = 1000
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: spacing)
        let apps = (1...8).map { "{ id: 140001200\($0) }" }.joined(separator: ", ")
        let file = try workplace.write(
            "rtc-exporter.yml",
            """
            ledger: { path: ledger.sqlite }
            poll: { history: 30d }
            accounts:
              - name: school
                provider: tencent
                endpoint: \(simulator.url)
                credentials:
                  secret_id: { value: AKIDsimulated0demo0account }
                  secret_key: { value: simulated-demo-secret-key }
                sources: [trtc_usage, room_usage]
                limits: { room_usage: \(spacing)ms }
                apps: [\(apps)]
            """
        )
        let exporter = try await RunningExporter.start(["serve", "--config.file", file])
        try await Task.sleep(for: .seconds(62))
        let calls = try await simulator.calls()
        #expect(Set(calls.map(\.outcome)) == ["ok"])
        let rooms = calls.filter { $0.api == "room_usage" }.map(\.monotonic_ms)
        let (first, last) = (try #require(rooms.first), try #require(rooms.last))
        #expect(last - first >= 55_000)
        #expect(zip(rooms, rooms.dropFirst()).allSatisfy { $1 - $0 >= spacing })
        // Of the calls that fit between the first and the last, so many were made.
        #expect(Double((rooms.count - 1) * spacing) / Double(last - first) >= 0.9)
        // There was more to do than a minute has calls for.
        #expect(try await exporter.page().sum("rtc_poll_jobs_waiting", "api=\"room_usage\"") ?? 0 > 60)
        exporter.process.signal(SIGTERM)
        try await exporter.process.end(within: .seconds(5))
    }
}
