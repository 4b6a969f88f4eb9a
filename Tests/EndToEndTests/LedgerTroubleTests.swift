import Foundation
import TestSupport
import Testing

@Suite("A ledger in trouble")
struct LedgerTroubleTests {
    private static let environment = ["E2E_SECRET_KEY": "simulated-demo-secret-key"]

    @Test("A damaged ledger is set aside, told in log, metric and status page, and filled again from the provider")
    func damaged() async throws {
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: 100)
        try await simulator.stopClock()
        let file = try LifecycleTests.configuration(in: workplace, simulator: simulator, spacing: "100ms")
        let path = workplace.path("ledger.sqlite")
        let before = try await Self.run(file) { exporter in
            try await Self.waitForHistory(exporter, simulator)
            return try await exporter.page()
        }
        try Self.damage(path)
        try await Self.run(file) { exporter in
            try await exporter.waitUntilReady()
            let line = exporter.process.standardError.split(separator: "\n")
                .first { $0.contains("The ledger was damaged") }
            #expect(line?.contains("level=error") == true)
            #expect(line?.contains("\(path).damaged-") == true)
            #expect(try await Self.shows("rtc_ledger_recoveries_total 1", exporter))
            #expect(try await Self.shows("rtc_ledger_writable 1", exporter))
            for family in ["rtc_usage_seconds", "rtc_settled_usage_seconds", "rtc_month_usage_seconds"] {
                try await eventually("\(family) is as before", within: .seconds(30)) {
                    try await exporter.page().sum(family) == before.sum(family)
                }
            }
            let status = try await Web.get(exporter.url).body
            #expect(status.contains("The ledger was damaged"))
            #expect(status.contains("\(path).damaged-"))
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: workplace.path(""))
        #expect(names.contains { $0.hasPrefix("ledger.sqlite.damaged-") })
        try await Self.run(file) { exporter in
            try await exporter.waitUntilReady()
            #expect(try await Self.shows("rtc_ledger_recoveries_total 1", exporter))
            #expect(try await !Web.get(exporter.url).body.contains("The ledger was damaged"))
        }
    }

    @Test(
        "While the disk is full figures go on, the metric says so, and it heals by itself",
        .enabled(if: SmallDisk.isAvailable)
    )
    func full() async throws {
        try await SmallDisk.with(size: "16m") { disk in
            let workplace = try Workplace()
            let simulator = try await RunningSimulator.start(spacingMilliseconds: 100)
            let file = try LifecycleTests.configuration(in: workplace, simulator: simulator, spacing: "100ms")
            let text = try String(contentsOfFile: file, encoding: .utf8)
                .replacing("path: ledger.sqlite", with: "path: \(disk.path)/ledger.sqlite")
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            try await Self.run(file) { exporter in
                try await Self.waitForHistory(exporter, simulator)
                let filler = try disk.fill()
                try await eventually("the metric says so", within: .seconds(20)) {
                    try await Self.shows("rtc_ledger_writable 0", exporter)
                }
                let status = try await Web.get(exporter.url).body
                #expect(status.contains("Readings are held in memory"))
                // They reach to the last full minute.
                let reach = "rtc_usage_data_through_timestamp_seconds"
                let known = try await exporter.page().sum(reach) ?? 0
                try await eventually("figures go on", within: .seconds(80)) {
                    try await exporter.page().sum(reach) ?? 0 > known
                }
                #expect(try await exporter.page().sum("rtc_poll_success") == 3)
                try FileManager.default.removeItem(at: filler)
                try await eventually("it heals", within: .seconds(20)) {
                    try await Self.shows("rtc_ledger_writable 1", exporter)
                }
                #expect(try await !Web.get(exporter.url).body.contains("Readings are held in memory"))
            }
        }
    }

    private static func run<T>(_ file: String, _ body: (RunningExporter) async throws -> T) async throws -> T {
        let exporter = try await RunningExporter.start(["serve", "--config.file", file], environment: environment)
        let result = try await body(exporter)
        exporter.process.signal(SIGTERM)
        try await exporter.process.end(within: .seconds(10))
        return result
    }

    /// Five days of three apps take a third of these calls.
    private static func waitForHistory(_ exporter: RunningExporter, _ simulator: RunningSimulator) async throws {
        try await eventually("history is filled in", within: .seconds(40)) {
            try await simulator.calls().count > 60
        }
    }

    private static func shows(_ line: String, _ exporter: RunningExporter) async throws -> Bool {
        try await Web.get("\(exporter.url)/metrics").body.contains("\n\(line)\n")
    }

    /// Wipes every other page out, from the second on.
    private static func damage(_ path: String) throws {
        var bytes = try Data(contentsOf: URL(filePath: path))
        for start in stride(from: 4096, to: bytes.count, by: 8192) {
            let end = min(start + 4096, bytes.count)
            bytes.replaceSubrange(start..<end, with: [UInt8](repeating: 0xA5, count: end - start))
        }
        try bytes.write(to: URL(filePath: path))
    }
}
