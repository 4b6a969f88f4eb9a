import Foundation
import Testing

@Suite("Apps that the provider lists, with a key that is renewed")
struct DiscoveryTests {
    @Test(
        "A list that is refused is on the page; a right key in the file mends it without a restart, and the end is quick"
    )
    func renewedKey() async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        _ = try workplace.write("key", "simulated-volcengine-demo-secret-kex\n")
        let file = try workplace.write(
            "rtc-exporter.yml",
            """
            ledger: { path: ledger.sqlite }
            poll: { history: 5d, timeout: 5s }
            accounts:
              - name: live
                provider: volcengine
                endpoint: \(simulators.volcengine)
                credentials: { access_key: { value: AKLTsimulated0demo0account }, secret_key: { file: key } }
                apps: { discover: true }
            """
        )
        let exporter = try await RunningExporter.start(["serve", "--config.file", file])
        let refused =
            "rtc_api_requests_total{provider=\"volcengine\",account=\"live\",api=\"apps\",outcome=\"unauthorized\"} 1\n"
        try await eventually("the refusal is on the page", within: .seconds(20)) {
            try await Web.get("\(exporter.url)/metrics").body.contains(refused)
        }
        #expect(try await Web.get(exporter.url).body.contains("The apps of account live cannot be listed"))
        _ = try workplace.write("key", "simulated-volcengine-demo-secret-key\n")
        try await eventually("the listed apps have figures", within: .seconds(30)) {
            try await exporter.page().sum("rtc_usage_seconds") != nil
        }
        exporter.process.signal(SIGTERM)
        try await exporter.process.end(within: .seconds(5))
        #expect(exporter.process.exitStatus == 0)
    }
}
