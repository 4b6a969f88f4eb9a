import Foundation
import Testing

@Suite("Reloading the configuration while the exporter runs")
struct ReloadTests {
    @Test("After SIGHUP a removed app is gone, a new one is read, and one that stays is not asked again")
    func appsComeAndGo() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2]) }
        try await bench.waitForFigures(of: [1, 2])
        let before = try await bench.calls()
        try bench.write { ReloadBench.tencent($0, apps: [3, 2]) }
        try await bench.hangUp()
        let page = try await bench.page()
        #expect(!page.contains("1400012001"))
        #expect(page.contains("rtc_app_info{provider=\"tencent\",account=\"school\",app=\"1400012003\""))
        try await bench.waitForFigures(of: [2, 3])
        let new = try await bench.calls().dropFirst(before.count)
        #expect(Set(new.map(\.app)) == ["1400012003"])
        #expect(new.allSatisfy { $0.outcome == "ok" })
        let changes = "accounts=\"1 (0 added, 0 removed, 0 changed)\" apps=\"2 (1 added, 1 removed, 0 changed)\""
        #expect(bench.exporter.process.standardError.contains(changes))

        try bench.write { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        try await bench.hangUp()
        #expect(try await bench.exporter.page().sum("rtc_usage_seconds", "app=\"1400012001\"") != nil)
    }

    @Test("A configuration with errors changes nothing but the gauge; each error is told with its place and no secret")
    func brokenFile() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1]) }
        try await bench.waitForFigures(of: [1])
        let good = try await bench.page()
        #expect(good.contains("\nrtc_exporter_config_last_reload_successful 1\n"))
        let time = Self.loadTime(good)

        try bench.write {
            ReloadBench.tencent($0, apps: [1, 2]).replacingOccurrences(of: "limits", with: "limts")
                + "series_limit: many"
        }
        for method in ["POST", "PUT"] {
            let answer = try await Web.send(method, "\(bench.exporter.url)/-/reload")
            #expect(answer.status == 500)
            let lines = answer.body.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first?.contains("rtc-exporter.yml:9: accounts[0].limts: ") == true, "\(answer.body)")
            #expect(lines.last?.contains("rtc-exporter.yml:11: series_limit: ") == true, "\(answer.body)")
            #expect(!answer.body.contains(ReloadBench.secret))
        }
        let broken = try await bench.page()
        #expect(broken.contains("\nrtc_exporter_config_last_reload_successful 0\n"))
        #expect(Self.loadTime(broken) == time)
        #expect(broken.contains("app=\"1400012001\"") && !broken.contains("1400012002"))
        #expect(try await Web.get(bench.exporter.url).body.contains("The configuration could not be reloaded"))

        try bench.write { ReloadBench.tencent($0, apps: [1, 2]).replacingOccurrences(of: "ledger.", with: "other.") }
        let fixed = try await bench.post()
        #expect(fixed.status == 500)
        #expect(fixed.body.contains("ledger.path: this cannot change while the exporter runs; restart it"))

        // The next second, so that the time can differ.
        try await Task.sleep(for: .seconds(1.1))
        try bench.write { ReloadBench.tencent($0, apps: [1, 2]) }
        let mended = try await bench.post()
        #expect(mended.status == 200)
        #expect(mended.body.contains("apps: 2 (1 added, 0 removed, 0 changed)"))
        let page = try await bench.page()
        #expect(page.contains("\nrtc_exporter_config_last_reload_successful 1\n"))
        #expect(try #require(Self.loadTime(page)) > #require(time))
        #expect(page.contains("1400012002"))
        #expect(try await !Web.get(bench.exporter.url).body.contains("could not be reloaded"))
        #expect(try await Web.get("\(bench.exporter.url)/-/reload").status == 405)
        #expect(!bench.exporter.process.standardError.contains(ReloadBench.secret))
    }

    private static func loadTime(_ page: String) -> Int? {
        let name = "rtc_exporter_config_last_reload_success_timestamp_seconds "
        return page.split(separator: "\n").first { $0.hasPrefix(name) }.flatMap { Int($0.dropFirst(name.count)) }
    }

    @Test("Ten reloads in a row, each with another wish, make no call too early, and then none at all")
    func tenInARow() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2, 3], poll: "interval: 1s") }
        for round in 1...10 {
            try bench.write { simulators in
                ReloadBench.tencent(
                    simulators,
                    apps: round.isMultiple(of: 2) ? [1, 2, 3] : [1, 2, 3, 4],
                    poll: "interval: \(round)s, history: \(round % 3)d",
                    source: round % 5 == 3 ? "trtc_usage" : "room_usage",
                    round % 5 == 1 ? "    assume: { room_usage: { zone: \"+09:00\" } }" : ""
                )
            }
            try await bench.hangUp()
        }
        try bench.write { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        #expect(try await bench.post().status == 200)
        try await bench.waitForFigures(of: [1, 2, 3])
        let calls = try await bench.calls()
        #expect(Set(calls.map(\.outcome)) == ["ok"])
        let rooms = calls.filter { $0.api == "room_usage" }
        let gaps = zip(rooms, rooms.dropFirst()).map { $1.monotonic_ms - $0.monotonic_ms }
        #expect(try #require(gaps.min()) >= 300)
        for _ in 1...10 { #expect(try await bench.post().status == 200) }
        // Longer than the spacing: a call would have been made by now.
        try await Task.sleep(for: .seconds(1))
        #expect(try await bench.calls().count == calls.count)
        #expect(try await bench.exporter.page().sum("rtc_api_requests_total", "outcome=\"throttled\"") == 0)
    }

    @Test("A provider that hangs holds up no reload, and SIGTERM in the middle of one ends all within seconds")
    func hangingProvider() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2]) }
        try await bench.waitForFigures(of: [1, 2])
        try await bench.simulators.breakDown("hang")
        let before = try await bench.calls().count
        try bench.write { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        #expect(try await bench.post().status == 200)
        try await eventually("a call hangs", within: .seconds(5)) { try await bench.calls().count > before }
        let start = ContinuousClock.now
        try bench.write { ReloadBench.tencent($0, apps: [2, 4]) }
        #expect(try await bench.post().status == 200)
        #expect(ContinuousClock.now - start < .seconds(2))
        let page = try await bench.page()
        #expect(page.contains("1400012004") && !page.contains("1400012003"))
        for signal in [SIGHUP, SIGHUP, SIGTERM, SIGHUP] { bench.exporter.process.signal(signal) }
        try await bench.exporter.process.end(within: .seconds(5))
        #expect(bench.exporter.process.exitStatus == 0)
    }

    private static let live = """
          - name: live
            provider: volcengine
            endpoint: %
            credentials:
              access_key: { value: AKLTsimulated0demo0account }
              secret_key: { file: key }
            apps: { discover: true }
        """

    /// The Tencent account and the listed one.
    private static func both(_ simulators: RunningSimulators, _ live: String = live) -> String {
        let live = live.replacingOccurrences(of: "%", with: simulators.volcengine)
        return ReloadBench.tencent(simulators, apps: [1], poll: "interval: 1s, history: 0d", live)
    }

    @Test("The list of an account that stays is not asked for again, whatever is selected of it")
    func listedAccount() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1]) }
        _ = try bench.workplace.write("key", "simulated-volcengine-demo-secret-key\n")
        try bench.write { Self.both($0) }
        #expect(try await bench.post().body.contains("accounts: 2 (1 added"))
        try await eventually("the listed apps are read", within: .seconds(20)) {
            let page = try await bench.exporter.page()
            return page.samples.count { $0.series.hasPrefix("rtc_poll_success{provider=\"volcengine\"") } == 3
        }
        for _ in 1...3 { #expect(try await bench.post().status == 200) }
        let excluding = Self.live.replacingOccurrences(of: "true }", with: "true, exclude: [\"*2001\"] }")
        try bench.write { Self.both($0, excluding) }
        #expect(try await bench.post().body.contains("apps: 3 (0 added, 1 removed"))
        let page = try await bench.page()
        #expect(!page.contains("661e000000000000000c2001") && page.contains("661e000000000000000c2002"))
        // Longer than the spacing of lists.
        try await Task.sleep(for: .seconds(1))
        #expect(try await bench.calls().count { $0.api == "apps" } == 1)
    }

    @Test("A removed account takes its series along and is called no more; when it comes back, what was known is there")
    func removedAccount() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1]) }
        _ = try bench.workplace.write("key", "simulated-volcengine-demo-secret-key\n")
        // With the same key as the other one, so that both have one budget.
        func annex(_ simulators: RunningSimulators) -> String {
            let school = ReloadBench.tencent(simulators, apps: [2]).split(separator: "\n").dropFirst(3)
            return school.joined(separator: "\n").replacingOccurrences(of: "school", with: "annex")
        }
        try bench.write { "\(Self.both($0))\n\(annex($0))" }
        #expect(try await bench.post().body.contains("accounts: 3 (2 added"))
        try await eventually("apps of all accounts are read", within: .seconds(20)) {
            let page = try await bench.exporter.page()
            return ["1400012001", "1400012002", "661e000000000000000c2002"].allSatisfy {
                page.sum("rtc_usage_seconds", "app=\"\($0)\"") != nil
            }
        }

        try bench.write { ReloadBench.tencent($0, apps: [1]) }
        #expect(try await bench.post().body.contains("accounts: 1 (0 added, 2 removed"))
        let page = try await bench.page()
        for gone in ["\"live\"", "\"volcengine\"", "\"annex\""] { #expect(!page.contains(gone)) }
        #expect(page.contains("rtc_api_requests_total{provider=\"tencent\",account=\"school\""))
        let calls = try await bench.calls().count
        // Longer than the wish and the spacings of all of them.
        try await Task.sleep(for: .seconds(1.5))
        #expect(try await bench.calls().count <= calls + 1, "One may have been under way.")

        try bench.write { Self.both($0) }
        #expect(try await bench.post().status == 200)
        #expect(try await bench.exporter.page().sum("rtc_usage_seconds", "app=\"661e000000000000000c2002\"") != nil)
    }

    @Test("SIGHUP before the configuration is read ends nothing, and is heard once the exporter runs")
    func early() async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        let path = workplace.path("rtc-exporter.yml")
        let text = ReloadBench.tencent(simulators, apps: [1])
        let made = unsafe mkfifo(path, 0o600)
        try #require(made == 0)
        let process = try ChildProcess(
            Workplace.exporter,
            ["serve", "--config.file", path, "--web.listen-address", "127.0.0.1:0"]
        )
        var pipe: Int32 = -1
        defer { if pipe >= 0 { close(pipe) } }
        try await eventually("the exporter reads its configuration", within: .seconds(10)) {
            pipe = unsafe open(path, O_WRONLY | O_NONBLOCK)
            return pipe >= 0
        }
        // Who reads the pipe keeps it; the next one finds a file.
        _ = try workplace.write("rtc-exporter.yml", text)
        for _ in 1...3 { process.signal(SIGHUP) }
        try FileHandle(fileDescriptor: pipe, closeOnDealloc: false).write(contentsOf: Data(text.utf8))
        close(pipe)
        pipe = -1
        _ = try await process.line(with: "msg=\"The configuration was reloaded.\"")
        #expect(process.isRunning)
        process.signal(SIGTERM)
        try await process.end(within: .seconds(5))
        #expect(process.exitStatus == 0)
    }

    @Test("In the demo there is nothing to reload, and it says so; without the flag no request reloads")
    func demo() async throws {
        let demo = try await RunningExporter.start(["demo", "--web.enable-lifecycle"])
        try await demo.waitUntilReady()
        demo.process.signal(SIGHUP)
        _ = try await demo.process.line(with: "there is nothing to reload")
        let answer = try await Web.send("POST", "\(demo.url)/-/reload")
        #expect(answer.status == 200)
        #expect(answer.body == "There is no configuration file, so that there is nothing to reload.\n")
        let page = try await Web.get("\(demo.url)/metrics").body
        #expect(page.contains("\nrtc_exporter_config_last_reload_successful 1\n"))

        let bench = try await ReloadBench.start({ ReloadBench.tencent($0, apps: [1]) }, [])
        let refused = try await bench.post()
        #expect(refused.status == 403)
        #expect(refused.body == "Lifecycle API is not enabled.\n")
    }
}
