import ExporterHTTP
import Logging
import Synchronization
import TestSupport
import Testing

@testable import rtc_exporter

@Suite("A web configuration that changes while the exporter runs")
struct WebProtectionWatchTests {
    /// Files that change between two looks, and what the watch says about it.
    private final class Bench: Sendable {
        private let files: Mutex<[String: [UInt8]]>
        private let log = LineLog()
        private let state = Mutex<(step: Int, seen: [String])>((0, []))

        init(_ text: String) throws {
            files = Mutex(try WebSample.files().merging(["/etc/rtc/web.yml": Array(text.utf8)]) { $1 })
        }

        subscript(name: String) -> [UInt8]? {
            get { files.withLock { $0["/etc/rtc/\(name)"] } }
            set { files.withLock { $0["/etc/rtc/\(name)"] = newValue } }
        }

        func write(_ text: String) { self["web.yml"] = Array(text.utf8) }

        /// What has been logged, by level.
        var lines: [String] { log.lines }

        /// Lets the watch look once after each of the steps; gives the headers that are in force after each look.
        func watch(_ steps: [@Sendable (Bench) -> Void]) async throws -> [String] {
            let surroundings = ConfigurationSurroundings(
                environment: { _ in nil },
                readFile: { path, _ throws(FileReadProblem) in
                    guard let bytes = self.files.withLock({ $0[path] }) else { throw .missing }
                    return bytes
                }
            )
            let protection = Mutex<ConfiguredWebProtection?>(nil)
            let watch = try WebProtectionWatch(
                path: "/etc/rtc/web.yml",
                loader: WebConfigurationLoader(surroundings: surroundings),
                logger: log.logger,
                uptime: { .zero },
                sleep: { _ in
                    let step = self.state.withLock { state in
                        if state.step > 0 {
                            let headers = protection.withLock { $0?.headers.map(\.value) } ?? []
                            state.seen.append(headers.joined(separator: ","))
                        }
                        state.step += 1
                        return state.step - 1
                    }
                    guard step < steps.count else { throw CancellationError() }
                    steps[step](self)
                }
            )
            protection.withLock { $0 = watch.protection }
            await watch.watch()
            return state.withLock { $0.seen }
        }
    }

    /// Keeps what is logged.
    private final class LineLog: Sendable {
        private let entries = Mutex<[String]>([])

        var lines: [String] { entries.withLock { $0 } }

        var logger: Logger {
            Logger(label: "watch") { _ in Handler(log: self) }
        }

        private struct Handler: LogHandler {
            let log: LineLog
            var metadata: Logger.Metadata = [:]
            var logLevel = Logger.Level.trace

            init(log: LineLog) { self.log = log }

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) {
                log.entries.withLock { $0.append("\(event.level): \(event.message)") }
            }
        }
    }

    private static func policy(_ value: String, _ more: String = "") -> String {
        "http_server_config: { headers: { Content-Security-Policy: \(value) } }\n\(more)"
    }

    @Test("A change is in force when two looks have found the same")
    func changed() async throws {
        let bench = try Bench(Self.policy("one"))
        let seen = try await bench.watch([
            { _ in }, { $0.write(Self.policy("two")) }, { _ in }, { $0.write(Self.policy("th")) },
            { $0.write(Self.policy("three")) }, { _ in }, { _ in },
        ])
        #expect(seen == ["one", "one", "two", "two", "two", "three", "three"])
        #expect(bench.lines == Array(repeating: "notice: The web configuration has changed and is in force.", count: 2))
    }

    @Test("A mistake is logged once and changes nothing, and what is right again comes into force")
    func mistake() async throws {
        let bench = try Bench(Self.policy("one"))
        let seen = try await bench.watch([
            { $0.write("nonsense: 1") }, { _ in }, { _ in }, { _ in }, { $0.write("") }, { _ in }, { _ in },
            { $0["web.yml"] = nil }, { _ in }, { _ in }, { $0.write(Self.policy("two")) }, { _ in },
        ])
        #expect(seen == Array(repeating: "one", count: 11) + ["two"])
        #expect(bench.lines.count == 4)
        #expect(
            bench.lines.dropLast().allSatisfy {
                $0.hasPrefix("error: The web configuration has changed and cannot be used")
            }
        )
        #expect(bench.lines[0].contains("/etc/rtc/web.yml:1: nonsense: unknown key"))
    }

    @Test("A file that is missing or half written between two looks is never noticed")
    func passing() async throws {
        let bench = try Bench(Self.policy("one"))
        let seen = try await bench.watch([
            { $0["web.yml"] = nil }, { $0.write("") }, { $0.write("http_s") }, { $0.write(Self.policy("one")) },
            { _ in },
        ])
        #expect(seen == Array(repeating: "one", count: 5))
        #expect(bench.lines.isEmpty)
    }

    @Test("Certificate and key are replaced one after the other, and then both are in force")
    func rotation() async throws {
        let bench = try Bench(Self.policy("one", "tls_server_config: { cert_file: server.pem, key_file: server.key }"))
        _ = try await bench.watch([
            { $0["server.pem"] = $0["other.pem"] }, { $0["server.key"] = $0["other.key"] }, { _ in }, { _ in },
        ])
        #expect(bench.lines == ["notice: The web configuration has changed and is in force."])
    }

    @Test("A certificate without its key is a mistake until the key is there")
    func halfRotation() async throws {
        let bench = try Bench(Self.policy("one", "tls_server_config: { cert_file: server.pem, key_file: server.key }"))
        _ = try await bench.watch([
            { $0["server.pem"] = $0["other.pem"] }, { _ in }, { _ in }, { $0["server.key"] = $0["other.key"] },
            { _ in },
        ])
        #expect(bench.lines.count == 2)
        #expect(
            bench.lines[0].contains("tls_server_config.key_file: the private key does not belong to the certificate")
        )
        #expect(bench.lines[1].hasPrefix("notice:"))
    }

    @Test("Files that a newer version names are watched from then on")
    func named() async throws {
        let bench = try Bench(Self.policy("one", "tls_server_config: { cert_file: server.pem, key_file: server.key }"))
        _ = try await bench.watch([
            { $0.write(Self.policy("two", "tls_server_config: { cert_file: other.pem, key_file: other.key }")) },
            { _ in },
            { $0["server.pem"] = nil }, { _ in }, { $0["other.key"] = nil }, { _ in }, { _ in },
        ])
        #expect(bench.lines.count == 2)
        #expect(bench.lines[1].contains("the file `/etc/rtc/other.key` does not exist"))
    }

    @Test("Switching TLS or HTTP/2 is refused, and the log says that it needs a restart")
    func restart() async throws {
        let tls = "tls_server_config: { cert_file: server.pem, key_file: server.key }"
        let bench = try Bench(Self.policy("one"))
        #expect(
            try await bench.watch([{ $0.write(Self.policy("two", tls)) }, { _ in }, { _ in }]) == ["one", "one", "one"]
        )
        #expect(bench.lines.count == 1)
        #expect(bench.lines[0].contains("TLS was switched on, which needs a restart"))
        let other = try Bench(tls)
        _ = try await other.watch([{ $0.write("\(tls)\nhttp_server_config: { http2: false }") }, { _ in }])
        #expect(other.lines.count == 1)
        #expect(other.lines[0].contains("HTTP/2 was switched off, which needs a restart"))
    }

    @Test("A file with a mistake keeps the exporter from starting")
    func start() async throws {
        await #expect(throws: ConfigurationErrors.self) { _ = try await Bench("nonsense: 1").watch([]) }
    }
}
