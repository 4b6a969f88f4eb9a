import AsyncHTTPClient
import Foundation
import Testing

@Suite("Sockets from systemd, and health", .timeLimit(.minutes(1)))
struct SocketActivationTests {
    private static func arguments(_ workplace: Workplace) throws -> [String] {
        let file = try workplace.write(
            "rtc-exporter.yml",
            """
            ledger: { path: ledger.sqlite }
            accounts:
              - name: simulated
                provider: tencent
                endpoint: http://127.0.0.1:1
                credentials: { secret_id: { value: AKIDsimulated0demo0account }, secret_key: { value: some-secret-4711 } }
                apps: [ { id: 1400012001 } ]
            """
        )
        return [Workplace.exporter, "serve", "--config.file", file, "--web.systemd-socket"]
    }

    /// Runs the exporter behind systemd's own program for trials. That one closes all descriptors that it does not know, by
    /// one of which Foundation would notice the end: so another process stands before it, hands on the signal and ends with
    /// its status.
    private static func activate(_ flags: [String], _ arguments: [String]) throws -> ChildProcess {
        let script = """
            import os, signal, sys
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            child = os.fork()
            if child == 0: os.execvp("setpriv", ["setpriv", "--pdeathsig", "KILL"] + sys.argv[1:])
            signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            """
        return try ChildProcess(
            "/usr/bin/env",
            ["python3", "-c", script, "systemd-socket-activate"] + flags + arguments
        )
    }

    @Test("It serves on the sockets that systemd has opened, TCP and Unix, and health finds it")
    func activated() async throws {
        let workplace = try Workplace()
        let port = try SilentPort.free()
        let path = workplace.path("exporter.sock")
        let process = try Self.activate(
            ["--listen", "127.0.0.1:\(port)", "--listen", path],
            try Self.arguments(workplace)
        )
        _ = try await process.line(with: "Listening on \(path)")
        // The first one who asks has it started, and gets an answer when that is done.
        #expect(try await Web.get("http://127.0.0.1:\(port)/-/healthy").body == "rtc-exporter is healthy.\n")
        try await eventually("both sockets are served", within: .seconds(20)) {
            process.standardError.components(separatedBy: "msg=\"Listening.\"").count == 3
        }
        #expect(process.standardError.contains("address=127.0.0.1:\(port)"))
        #expect(process.standardError.contains(path))
        let local = try #require(URL(httpURLWithSocketPath: path, uri: "/-/healthy"))
        #expect(try await Web.get(local.absoluteString).body == "rtc-exporter is healthy.\n")
        let flags = ["health", "--web.listen-address", ":\(port)"]
        let health = try Workplace.run(Workplace.exporter, flags)
        #expect(health.status == 0)
        #expect(health.text == "The exporter at 127.0.0.1:\(port) is healthy.\n")
        let wrong = try Workplace.run(Workplace.exporter, flags + ["--web.external-url", "https://example.com/x"])
        #expect(wrong.status == 1)
        #expect(wrong.text == "rtc-exporter: 127.0.0.1:\(port) answers /x/-/healthy with status 404.\n")
        process.signal(SIGTERM)
        try await process.end(within: .seconds(5))
        #expect(process.exitStatus == 0)
        #expect(try Workplace.run(Workplace.exporter, flags).status == 1)
    }

    @Test("Datagram sockets are refused with one sentence and exit status 1")
    func datagram() async throws {
        let workplace = try Workplace()
        let port = try SilentPort.free()
        let process = try Self.activate(
            ["--datagram", "--listen", "127.0.0.1:\(port)"],
            try Self.arguments(workplace)
        )
        _ = try await process.line(with: "Listening on 127.0.0.1:\(port)")
        _ = try Workplace.run("/bin/bash", ["-c", "echo > /dev/udp/127.0.0.1/\(port)"])
        try await process.end(within: .seconds(10))
        #expect(process.exitStatus == 1)
        try await eventually("it says why", within: .seconds(5)) {
            process.standardError.contains(
                "what systemd has passed as descriptor 3 is no stream socket that listens.\n"
            )
        }
    }

    @Test("Without systemd it says so and ends with 1")
    func none() throws {
        let workplace = try Workplace()
        let arguments = try Self.arguments(workplace)
        let result = try Workplace.run(arguments[0], Array(arguments.dropFirst()))
        #expect(result.status == 1)
        #expect(result.text == "rtc-exporter: --web.systemd-socket: systemd has passed no sockets to this process.\n")
        #expect(!FileManager.default.fileExists(atPath: workplace.path("ledger.sqlite")))
    }
}
