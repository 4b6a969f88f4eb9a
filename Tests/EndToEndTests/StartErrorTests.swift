import Foundation
import Testing

@Suite("What keeps it from starting")
struct StartErrorTests {
    /// A start that has to fail: what is wrong, and what the one line says.
    struct Mistake: Sendable, CustomStringConvertible {
        let description: String
        let change: @Sendable (String) -> String
        let says: [String]
    }

    private static let good = """
        ledger: { path: ledger.sqlite }
        accounts:
          - name: simulated
            provider: tencent
            endpoint: http://127.0.0.1:1
            credentials:
              secret_id: { value: AKIDsimulated0demo0account }
              secret_key: { value: some-secret-4711 }
            apps: [ { id: 1400012001 } ]
        """

    private static func replacing(_ old: String, _ new: String) -> @Sendable (String) -> String {
        { $0.replacingOccurrences(of: old, with: new) }
    }

    static let mistakes = [
        Mistake(
            description: "a wrong key",
            change: replacing("endpoint:", "endpiont:"),
            says: ["rtc-exporter.yml:5", "endpiont", "did you mean `endpoint`"]
        ),
        Mistake(
            description: "a missing secret file",
            change: replacing("{ value: some-secret-4711 }", "{ file: no-such-file }"),
            says: ["rtc-exporter.yml:8", "secret_key", "no-such-file", "does not exist"]
        ),
        Mistake(
            description: "a missing environment variable",
            change: replacing("{ value: some-secret-4711 }", "{ env: NO_SUCH_VARIABLE }"),
            says: ["rtc-exporter.yml:8", "secret_key", "NO_SUCH_VARIABLE"]
        ),
        Mistake(
            description: "a ledger in a folder that is not there",
            change: replacing("ledger.sqlite", "no/such/folder/ledger.sqlite"),
            says: ["no/such/folder/ledger.sqlite", "cannot be opened"]
        ),
        Mistake(
            description: "a ledger where nobody may write",
            change: replacing("ledger.sqlite", "/proc/ledger.sqlite"),
            says: ["/proc/ledger.sqlite", "cannot be opened"]
        ),
    ]

    @Test("Each mistake gives one clear line and exit status 1", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        let workplace = try Workplace()
        let file = try workplace.write("rtc-exporter.yml", mistake.change(Self.good))
        let result = try Workplace.run(
            Workplace.exporter,
            [
                "serve", "--config.file", file, "--log.level=error", "--web.listen-address", "127.0.0.1:0",
            ]
        )
        #expect(result.status == 1)
        #expect(result.text.split(separator: "\n").count == 1)
        for part in mistake.says { #expect(result.text.contains(part), "\(result.text)") }
        #expect(!result.text.contains("4711"))
    }

    @Test("A port in use gives one clear line and exit status 1")
    func portInUse() async throws {
        let workplace = try Workplace()
        let file = try workplace.write("rtc-exporter.yml", Self.good)
        let demo = try await RunningExporter.start(["demo"])
        let result = try Workplace.run(
            Workplace.exporter,
            [
                "serve", "--config.file", file, "--log.level=error", "--web.listen-address", "127.0.0.1:\(demo.port)",
            ]
        )
        #expect(result.status == 1)
        #expect(
            result.text == "rtc-exporter: Cannot listen on 127.0.0.1:\(demo.port): the port is in use already.\n"
        )
    }

    @Test("An address that is given twice is told as that, and not as another process's")
    func sameAddress() throws {
        let address = ["--web.listen-address", "127.0.0.1:1"]
        let result = try Workplace.run(Workplace.exporter, ["demo"] + address + address)
        #expect(result.status == 1)
        #expect(result.text.hasPrefix("Error: --web.listen-address has the same address twice.\n"), "\(result.text)")
    }

    @Test("A good configuration is valid by either way of asking, and a bad one is not")
    func check() throws {
        let workplace = try Workplace()
        let file = try workplace.write("rtc-exporter.yml", Self.good)
        for arguments in [["check"], ["--config.check"], ["serve", "--config.check"]] {
            let good = try Workplace.run(Workplace.exporter, arguments + ["--config.file", file])
            #expect(good.status == 0)
            #expect(good.text.contains("is valid: accounts: 1, apps: 1."))
        }
        let bad = try workplace.write("bad.yml", "acounts: []")
        #expect(try Workplace.run(Workplace.exporter, ["check", "--config.file", bad]).status == 1)
    }

    @Test(
        "Simulated providers that do not find four ports in a row say so",
        arguments: [["simulate", "--web.listen-address", "127.0.0.1:65533"], ["demo", "--simulator-port", "65533"]]
    )
    func ports(_ arguments: [String]) throws {
        let result = try Workplace.run("/usr/bin/timeout", ["10", Workplace.exporter] + arguments)
        #expect(result.status == 1)
        #expect(result.text.contains(arguments[1]))
    }

    @Test("Version and help go to standard output with 0; an unknown flag is an error with 1")
    func commandLine() throws {
        let version = try Workplace.run(Workplace.exporter, ["--version"])
        #expect(version.status == 0)
        #expect(version.text.hasPrefix("rtc-exporter "))
        for help in ["--help", "-h"] { #expect(try Workplace.run(Workplace.exporter, [help]).status == 0) }
        let unknown = try Workplace.run(Workplace.exporter, ["serve", "--no-such-flag"])
        #expect(unknown.status == 1)
        #expect(unknown.text.contains("--no-such-flag"))
    }
}
