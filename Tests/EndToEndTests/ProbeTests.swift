import Foundation
import Testing

@Suite("Trying a configuration with real calls")
struct ProbeTests {
    private static let tencentKey = "simulated-demo-secret-key"

    /// A configuration with one account at each simulated provider.
    private static func configuration(
        in workplace: Workplace,
        _ simulators: RunningSimulators,
        key: String = tencentKey,
        app: String = "1400012001"
    ) throws -> String {
        try workplace.write(
            "probe.yml",
            """
            poll: { timeout: 5s }
            accounts:
              - name: classroom
                provider: tencent
                endpoint: \(simulators.tencent)
                credentials: { secret_id: { value: AKIDsimulated0demo0account }, secret_key: { value: \(key) } }
                sources: [trtc_usage, room_usage, interactive_time]
                limits: { room_usage: 300ms }
                apps: [ { id: \(app) } ]
              - name: clinic
                provider: huawei
                endpoint: \(simulators.huawei)
                project_id: 5111a7ed00000000000000000000c10d
                credentials:
                  iam_endpoint: \(simulators.huaweiIAM)
                  domain: simulated-domain
                  user: simulated-user
                  password: { value: simulated-demo-password }
                  project: cn-north-4
                apps: { discover: true, include: ["Clinic*"] }
              - name: live
                provider: volcengine
                endpoint: \(simulators.volcengine)
                credentials:
                  access_key: { value: AKLTsimulated0demo0account }
                  secret_key: { value: simulated-volcengine-demo-secret-key }
                apps: [ { id: 661e000000000000000c2001 } ]
            """
        )
    }

    private static func probe(_ file: String) throws -> (status: Int32, lines: [String]) {
        let result = try Workplace.run(Workplace.exporter, ["check", "--probe", "--config.file", file])
        // That the simulated limit is shorter than the documented one is warned of.
        let lines = result.text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("warning:") }
        return (result.status, lines)
    }

    @Test("A good configuration has a line for each account and source, and for the list of apps")
    func good() async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        let (status, lines) = try Self.probe(try Self.configuration(in: workplace, simulators))
        #expect(status == 0, "\(lines.joined(separator: "\n"))")
        let starts = [
            "classroom trtc_usage: ok. App 1400012001 can be read: ", "classroom room_usage: ok. ",
            "classroom interactive_time: ok. ", "clinic apps: ok. The list has 3 apps, of which 1 are polled.",
            "clinic history_usage: ok. App 5fa6000000000000000c1001 can be read: ", "live list_usages: ok. ",
        ]
        #expect(lines.count == starts.count + 1)
        for (line, start) in zip(lines.dropFirst(), starts) { #expect(line.hasPrefix(start), "\(line)") }
    }

    @Test(
        "Each thing that can be wrong is told apart, with what to do about it, for each provider",
        arguments: [
            ("signature-failure", "wrong key"), ("unauthorized-operation", "no permission"),
            ("unknown-app", "unknown app"),
            ("wrong-clock", "clock off"), ("retired", "retired API"), ("throttled", "throttled"),
        ]
    )
    func faults(fault: String, verdict: String) async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        try await simulators.breakDown(fault)
        let (status, lines) = try Self.probe(try Self.configuration(in: workplace, simulators))
        #expect(status == 1)
        for source in ["classroom trtc_usage", "classroom room_usage", "live list_usages"] {
            let line = lines.first { $0.hasPrefix("\(source): ") } ?? "none of \(lines)"
            #expect(line.hasPrefix("\(source): \(verdict). "), "\(line)")
        }
        let clinic = lines.filter { $0.hasPrefix("clinic ") }
        // A token is not signed, so that a clock which is off is no more than told.
        let told = fault == "wrong-clock" ? "This machine's clock is " : ": \(verdict). "
        #expect(clinic.contains { $0.contains(told) }, "\(clinic)")
        #expect(!lines.contains { $0.contains(Self.tencentKey) || $0.contains("simulated-demo-password") })
    }

    @Test("A key with a typing error and an app of somebody else are found without any fault at the provider")
    func ownMistakes() async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        let wrong = try Self.probe(try Self.configuration(in: workplace, simulators, key: "simulated-demo-secret-kex"))
        #expect(wrong.status == 1)
        #expect(
            wrong.lines.count {
                $0.hasPrefix("classroom ") && $0.contains(": wrong key. ") && $0.contains("secret_key")
            } == 3
        )
        #expect(wrong.lines.contains { $0.hasPrefix("live list_usages: ok. ") })
        #expect(!wrong.lines.contains { $0.contains("ExitCode") })
        // Others, since the same ones have just been called.
        let others = try await RunningSimulators.start()
        let unknown = try Self.probe(try Self.configuration(in: workplace, others, app: "1400099999"))
        #expect(unknown.lines.contains { $0.hasPrefix("classroom room_usage: unknown app. ") && $0.contains("id") })
    }

    @Test("Where there is a ledger an exporter may just have called, and the first call waits")
    func waitsFirst() async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        let file = try workplace.write(
            "probe.yml",
            """
            accounts:
              - name: classroom
                provider: tencent
                endpoint: \(simulators.tencent)
                credentials:
                  secret_id: { value: AKIDsimulated0demo0account }
                  secret_key: { value: \(Self.tencentKey) }
                sources: [trtc_usage]
                limits: { trtc_usage: 3s }
                apps: [ { id: 1400012001 } ]
            """
        )
        _ = try workplace.write("rtc-exporter.sqlite", "")
        let start = ContinuousClock.now
        #expect(try Self.probe(file).status == 0)
        #expect(ContinuousClock.now - start >= .seconds(3))
    }

    @Test("Where nobody answers, that is said")
    func noNetwork() async throws {
        let workplace = try Workplace()
        let nowhere = "http://127.0.0.1:\(try SilentPort.free())"
        let names = ["tencent", "huawei", "huawei_iam", "volcengine"]
        let closed = RunningSimulators(
            process: nil,
            addresses: Dictionary(uniqueKeysWithValues: names.map { ($0, nowhere) })
        )
        let (status, lines) = try Self.probe(try Self.configuration(in: workplace, closed))
        #expect(status == 1)
        #expect(lines.count { $0.contains(": no network. ") } >= 5, "\(lines.joined(separator: "\n"))")
    }
}
