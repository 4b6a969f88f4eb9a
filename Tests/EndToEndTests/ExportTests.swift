import Foundation
import Testing
import Usage

@Suite("Exporting what was recorded", .timeLimit(.minutes(5)))
struct ExportTests {
    /// The answer of the API and the export, as far as it is looked at.
    private struct Rows: Decodable {
        struct Row: Decodable, Hashable {
            let provider, app, tier, source, state, from: String
            let seconds: Int
        }

        let usage: [Row]
    }

    private static func export(_ file: String, _ arguments: String...) throws -> (status: Int32, text: String) {
        try Workplace.run(Workplace.exporter, ["export", "--config.file", file] + arguments)
    }

    private static func rows(_ text: String) throws -> Rows {
        try JSONDecoder().decode(Rows.self, from: Data(text.utf8))
    }

    @Test("What promtool makes of an export shows each day's total in Prometheus, to the second")
    func roundTrip() async throws {
        let workplace = try Workplace()
        let filled = try await FilledLedger.make(in: workplace)
        let (status, text) = try Self.export(filled.file, "--format", "openmetrics", "--label", "site=east")
        #expect(status == 0)
        let checked = try Workplace.run("/usr/bin/promtool", ["check", "metrics"], input: text)
        #expect(checked.status == 0 && checked.text.isEmpty, "\(checked.text)")
        let file = try workplace.write("history.om", text)
        let blocks = try Workplace.run(
            "/usr/bin/promtool",
            ["tsdb", "create-blocks-from", "openmetrics", file, workplace.path("data")]
        )
        #expect(blocks.status == 0, "\(blocks.text)")
        let prometheus = try await PrometheusServer.start(in: workplace, showing: workplace.path("data"))
        #expect(filled.truth.count == 90)
        for truth in filled.truth {
            let sums = try await prometheus.query(
                "sum by (app) (last_over_time(rtc_usage_seconds{site=\"east\",app=\"\(truth.app)\"}[1d]))",
                at: truth.day.end.seconds
            )
            #expect(sums == [truth.app: Double(truth.seconds)], "\(truth.day)")
        }
        let end = try #require(filled.truth.first?.day.end.seconds)
        let bySource = try await prometheus.query(
            "sum by (source) (last_over_time(rtc_source_usage_seconds{app=\"1400012001\"}[1d]))",
            by: "source",
            at: end
        )
        #expect(bySource["trtc_usage"] == 1803)
        #expect(bySource["room_usage"] == filled.truth.first.map { Double($0.seconds) })
        let rooms = try await prometheus.query(
            "count by (app) (count by (app, room) (last_over_time(rtc_usage_seconds{app=\"1400012001\"}[1d])))",
            at: end
        )
        #expect(rooms == ["1400012001": 6], "five are named, the rest is one")
    }

    @Test("Rows come as CSV and JSON, without any key, and discovered apps are among them")
    func rows() async throws {
        let workplace = try Workplace()
        let filled = try await FilledLedger.make(in: workplace)
        // Greenwich is never ahead of Beijing: both have that day.
        let day = filled.truth[1].day.description
        let json = try Self.export(filled.file, "--format", "json", "--from", day, "--to", day)
        #expect(json.status == 0)
        let rows = try Self.rows(json.text).usage
        #expect(Set(rows.map(\.app)) == Set(filled.truth.map(\.app)))
        #expect(rows.filter { $0.provider == "tencent" }.allSatisfy { $0.source == "trtc_usage" })
        #expect(rows.reduce(0) { $0 + ($1.app == FilledLedger.clinic.app ? $1.seconds : 0) } == filled.truth[1].seconds)
        let csv = try Self.export(filled.file, "--format", "csv", "--app", FilledLedger.live.app, "--step", "month")
        #expect(csv.status == 0)
        let lines = csv.text.split(separator: "\n")
        #expect(lines.first == "provider,app,tier,room,source,state,from,to,seconds,days,days_in_month,complete")
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("volcengine,\(FilledLedger.live.app),") })
        let sum = lines.dropFirst().reduce(0) {
            $0 + (Int($1.split(separator: ",", omittingEmptySubsequences: false)[8]) ?? 0)
        }
        #expect(sum == filled.truth.filter { $0.app == FilledLedger.live.app }.reduce(0) { $0 + $1.seconds })
    }

    @Test("While an exporter runs both ways tell the same")
    func besideAnExporter() async throws {
        let workplace = try Workplace()
        let filled = try await FilledLedger.make(in: workplace)
        // Another naming of rooms than the ledger's would have them deleted.
        let text = FilledLedger.configuration.replacing(", hash: { key: { file: missing-hash-key } }", with: "")
            .replacing("{ file: missing-key }", with: "{ env: RTC_MISSING_KEY }")
        let file = try workplace.write("serving.yml", text)
        let exporter = try await RunningExporter.start(
            ["--config.file", file],
            environment: ["RTC_MISSING_ID": "AKID0123456789", "RTC_MISSING_KEY": "key-0123456789"]
        )
        try await exporter.waitUntilReady()
        // Greenwich is never ahead of Beijing: all have that day.
        let last = filled.truth[1].day
        let question = "from=\(last.advanced(by: -9))&to=\(last)"
        let answer = try await Web.get("\(exporter.url)/api/v1/usage?\(question)")
        #expect(answer.status == 200)
        let exported = try Self.export(
            file,
            "--format",
            "json",
            "--from",
            "\(last.advanced(by: -9))",
            "--to",
            "\(last)"
        )
        #expect(exported.status == 0)
        #expect(answer.body == exported.text)
        #expect(try Self.rows(answer.body).usage.count == 10 * (6 + 4 + 4))
        let unknown = try await Web.get("\(exporter.url)/api/v1/usage?room=x&app=1")
        #expect(unknown.status == 400)
        let named = try await Web.get(
            "\(exporter.url)/api/v1/usage?\(question)&app=1400012001&tier=audio&room=lesson+3-11+%22%E6%95%99%E5%AE%A4%22"
        )
        #expect(try Self.rows(named.body).usage.contains { $0.seconds == 341 && $0.source == "room_usage" })
        exporter.process.signal(SIGTERM)
        try await exporter.process.end(within: .seconds(20))
        #expect(exporter.process.exitStatus == 0)
    }

    @Test(
        "Bad input ends with status 1 and says why",
        arguments: [
            (["--format", "xml"], "xml"), ([], "--format"), (["--format", "csv", "--cost"], "--cost"),
            (["--format", "csv", "--from", "2026-11-31"], "2026-11-31"),
            (["--format", "csv", "--from", "2026-11-20", "--to", "2026-11-19"], "The range ends before it begins."),
            (["--format", "csv", "--label", "a=b"], "--label is for --format openmetrics."),
            (["--format", "openmetrics", "--step", "day"], "--step is for --format csv and json."),
            (["--format", "json", "--step", "week"], "week"),
            (["--format", "json", "--app", "7"], "No app `7` is configured or listed."),
            (["--format", "json", "--provider", "aws"], "No provider `aws` is configured."),
            (["--format", "openmetrics", "--label", "a-b=c"], "The label `a-b` cannot be added"),
            (["--format", "openmetrics", "--label", "__name=c"], "The label `__name` cannot be added"),
            (["--format", "openmetrics", "--label", "room=c"], "The label `room` cannot be added"),
            (["--format", "openmetrics", "--label", "c"], "has to be NAME=VALUE"),
        ]
    )
    func badInput(arguments: [String], message: String) async throws {
        let workplace = try Workplace()
        let filled = try await FilledLedger.make(in: workplace, days: 1)
        let (status, text) = try Workplace.run(
            Workplace.exporter,
            ["export", "--config.file", filled.file] + arguments
        )
        #expect(status == 1)
        #expect(text.contains(message), "\(text)")
        #expect(!text.contains("# TYPE") && !text.contains("\"usage\"") && !text.contains("provider,app"))
    }

    @Test("Without a ledger or a configuration there is nothing to export")
    func nothingThere() throws {
        let workplace = try Workplace()
        let file = try workplace.write("rtc-exporter.yml", FilledLedger.configuration)
        let (status, text) = try Self.export(file, "--format", "csv")
        #expect(status == 1)
        #expect(text == "rtc-exporter: There is no ledger \(workplace.path("ledger.sqlite")) yet.\n")
        let missing = try Self.export(workplace.path("none.yml"), "--format", "csv")
        #expect(missing.status == 1)
        #expect(missing.text.contains("none.yml"))
        _ = try workplace.write(
            "ledger.sqlite",
            "no ledger at all, and much longer than a header of SQLite would have to be"
        )
        let broken = try Self.export(file, "--format", "csv")
        #expect(broken.status == 1)
        #expect(broken.text.contains("it is not an SQLite file"))
    }

    @Test("A full disk is told of with status 1; a reader that goes away ends it quietly")
    func output() async throws {
        let workplace = try Workplace()
        let filled = try await FilledLedger.make(in: workplace)
        let command = "'\(Workplace.exporter)' export --config.file '\(filled.file)' --format openmetrics"
        let full = try Workplace.run("/bin/sh", ["-c", "\(command) > /dev/full"])
        #expect(full.status == 1)
        #expect(full.text == "rtc-exporter: Standard output cannot be written: No space left on device.\n")
        let gone = try Workplace.run("/bin/bash", ["-c", "\(command) | true; echo ${PIPESTATUS[0]}"])
        #expect(gone.text == "0\n")
        let closed = try Workplace.run("/bin/bash", ["-c", "\(command) >&-"])
        #expect(closed.status == 1)
    }
}
