import Foundation
import Testing

@Suite("The status page in a real browser")
struct StatusPageTests {
    private static let hostileName = #"</td><script>document.title='taken'</script>"#
    private static let hostileAccount = #"\"><img src=x onerror=document.title='taken'>"#

    /// Two apps of the simulated Tencent: the first has the name that would take the page over.
    private static func configuration(in workplace: Workplace, _ simulators: RunningSimulators) throws -> String {
        try workplace.write(
            "rtc-exporter.yml",
            """
            ledger: { path: ledger.sqlite }
            poll: { interval: 10s, history: 3d }
            accounts:
              - name: "\(hostileAccount)"
                provider: tencent
                endpoint: \(simulators.tencent)
                credentials: { secret_id: { value: AKIDsimulated0demo0account }, secret_key: { value: simulated-demo-secret-key } }
                sources: [trtc_usage, room_usage]
                limits: { room_usage: 300ms, trtc_usage: 300ms }
                apps:
                  - { id: 1400012001, name: "\(hostileName)" }
                  - { id: 1400012005, name: "Zebra & sons" }
                  - { id: 1400012003, name: "Aardvark" }
            """
        )
    }

    /// The names in the first column of the table of apps, from the top.
    private static let names =
        "return [...document.querySelectorAll('table.apps tbody th a')].map(a => a.textContent).join('|')"

    @Test("Columns sort, an app has a page, hostile names are text, and nothing is loaded from anywhere else")
    func browse() async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        let file = try Self.configuration(in: workplace, simulators)
        let exporter = try await RunningExporter.start(["serve", "--config.file", file])
        let browser = try await WebDriver.start(in: workplace)
        try await eventually("all apps have rooms", within: .seconds(20)) {
            try await exporter.page().sum("rtc_rooms", "app=\"1400012003\"") != nil
        }

        try await browser.open(exporter.url)
        #expect(try await browser.evaluate("return document.title").hasSuffix("rtc-exporter"))
        try await browser.click(link: "App")
        let ascending = [Self.hostileName, "Aardvark", "Zebra & sons"].joined(separator: "|")
        #expect(try await browser.evaluate(Self.names) == ascending)
        try await browser.click(link: "App ▲")
        #expect(try await browser.evaluate("return location.search") == "?sort=name&order=desc")
        #expect(
            try await browser.evaluate(Self.names) == ascending.split(separator: "|").reversed().joined(separator: "|")
        )
        #expect(
            try await browser.evaluate(
                "return [...document.querySelectorAll('[aria-sort]')].map(h => h.getAttribute('aria-sort') + ' ' + h.textContent)"
            ) == "descending App ▼"
        )

        try await browser.click(link: Self.hostileName)
        #expect(try await browser.evaluate("return location.pathname") == "/app")
        #expect(
            try await browser.evaluate("return document.querySelector('h1').textContent").hasPrefix(Self.hostileName)
        )
        #expect(try await browser.evaluate("return document.querySelectorAll('svg[role=img]').length") == "3")
        #expect(try await browser.evaluate("return document.querySelectorAll('script, img').length") == "0")
        #expect(try await browser.evaluate("return document.title").hasPrefix("</td><script>"))
        // The policy lets the page's own style through: its cards have a border.
        #expect(
            try await browser.evaluate("return getComputedStyle(document.querySelector('.card')).borderTopWidth")
                == "1px"
        )

        try await browser.open("\(exporter.url)/?q=zebra")
        #expect(try await browser.evaluate(Self.names) == "Zebra & sons")
        try await browser.open("\(exporter.url)/app?provider=tencent&app=1")
        #expect(try await browser.evaluate("return document.querySelector('h1').textContent") == "No such app")
        try await browser.click(link: "Back to the status page")
        #expect(try await browser.evaluate("return location.pathname") == "/")

        // The page that does not exist is the one thing to complain of.
        let complaints = try await browser.consoleMessages().filter { !$0.contains("/app?provider=tencent&app=1 ") }
        #expect(complaints == [])
        let hosts = try await browser.requestedHosts()
        #expect(hosts == ["http 127.0.0.1:\(exporter.port)"])
        try await browser.quit()
    }

    @Test(
        "The keyboard goes from the skip link over the pages to the table, and a phone has nothing to scroll sideways"
    )
    func keyboardAndPhone() async throws {
        let workplace = try Workplace()
        let demo = try await RunningExporter.start(["demo"])
        let browser = try await WebDriver.start(in: workplace, width: 1280)
        try await eventually("all apps are read", within: .seconds(20)) {
            try await demo.page().samples.count { $0.series.hasPrefix("rtc_poll_success{") } == 22
        }
        try await browser.open(demo.url)
        var visited: [String] = []
        for _ in 0..<10 {
            try await browser.pressTab()
            visited.append(
                try await browser.evaluate(
                    "const e = document.activeElement; return (e.textContent.trim().slice(0, 20) || e.id)"
                )
            )
        }
        #expect(
            visited.prefix(8) == [
                "Skip to content", "Status", "Metrics", "Usage", "Health", "Readiness", "q", "Find",
            ]
        )
        #expect(visited.last == "App")
        #expect(
            try await browser.evaluate("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
        )
        for path in ["/", "/app?provider=tencent&app=1400012001"] {
            try await browser.open("\(demo.url)\(path)")
            try await browser.setViewport(width: 360, height: 740)
            #expect(try await browser.evaluate("return innerWidth") == "360")
            #expect(try await browser.evaluate("return document.documentElement.scrollWidth") == "360", "\(path)")
        }
        try await readCompressedMetrics(of: demo, by: browser)
        try await browser.quit()
    }

    private func readCompressedMetrics(of demo: RunningExporter, by browser: WebDriver) async throws {
        try await browser.open("\(demo.url)/metrics")
        let shown = try await browser.evaluate(
            "return document.body.textContent.includes('rtc_usage_seconds{provider=')"
        )
        #expect(shown == "true")
        let sizes = "const page = performance.getEntriesByType('navigation')[0]"
        #expect(
            try await browser.evaluate("\(sizes); return page.encodedBodySize * 3 < page.decodedBodySize") == "true"
        )
    }
}
