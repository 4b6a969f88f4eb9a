import Foundation
import TestSupport
import Testing

@Suite("TLS, users and limits of the exporter's own HTTP")
struct WebConfigurationTests {
    /// A running exporter with a web configuration, and certificates to talk to it.
    private struct Bench {
        let workplace: Workplace
        let folder: CertificateFolder
        let exporter: RunningExporter

        static func start(_ text: String, in folder: CertificateFolder) async throws -> Bench {
            let workplace = try Workplace()
            let web = try workplace.write("web.yml", text)
            let configuration = try workplace.write("rtc-exporter.yml", WebConfigurationTests.configuration)
            let exporter = try await RunningExporter.start([
                "serve", "--config.file", configuration, "--web.config.file", web,
            ])
            return Bench(workplace: workplace, folder: folder, exporter: exporter)
        }

        var address: String { "https://127.0.0.1:\(exporter.port)" }

        func write(_ text: String) throws { _ = try workplace.write("web.yml", text) }

        /// What `curl` gives for a path: the status as the last line; its own exit status where that is not 0.
        func curl(_ path: String, _ arguments: [String] = [], url: String? = nil) throws -> (
            status: Int32, text: String
        ) {
            let trust = ["--cacert", folder.path("authority.pem"), "--silent", "--show-error", "--max-time", "10"]
            let format = ["--write-out", "\n%{http_code} HTTP/%{http_version}"]
            return try Workplace.run("/usr/bin/curl", trust + format + arguments + ["\(url ?? address)\(path)"])
        }

        /// The last line, such as `200 HTTP/2`.
        func status(_ path: String, _ arguments: [String] = [], url: String? = nil) throws -> String {
            let answer = try curl(path, arguments, url: url)
            return answer.status == 0 ? String(answer.text.split(separator: "\n").last ?? "") : "curl \(answer.status)"
        }
    }

    /// Nobody is at that address: what is polled does not matter here.
    private static let configuration = """
        ledger: { path: ledger.sqlite }
        accounts:
          - name: nobody
            provider: tencent
            endpoint: http://127.0.0.1:1
            credentials: { secret_id: { value: AKIDsimulated0demo0account }, secret_key: { value: some-secret-4711 } }
            apps: [ { id: 1400012001 } ]
        """

    private static func certificates() throws -> CertificateFolder {
        let folder = try CertificateFolder()
        try folder.makeAuthority("authority")
        for name in ["server", "client"] { try folder.make(name, issuedBy: "authority") }
        try folder.make("stranger")
        return folder
    }

    private static func tls(_ folder: CertificateFolder, _ more: String = "") -> String {
        """
        tls_server_config:
          cert_file: \(folder.path("server.pem"))
          key_file: \(folder.path("server.key"))
          \(more)

        """
    }

    private static func hash(of password: String) throws -> String {
        let made = try Workplace.run(Workplace.exporter, ["hash-password", "--cost", "6"], input: "\(password)\n")
        try #require(made.status == 0, "\(made.text)")
        return made.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("TLS, HTTP/2, headers and users are as the file says, and plain HTTP is not answered")
    func tls() async throws {
        let folder = try Self.certificates()
        let text = """
            \(Self.tls(folder))
            http_server_config: { headers: { Strict-Transport-Security: max-age=60, X-Frame-Options: deny } }
            basic_auth_users: { prometheus: \(try Self.hash(of: "open:sesame")) }
            """
        let bench = try await Bench.start(text, in: folder)
        let user = ["--user", "prometheus:open:sesame"]
        #expect(try bench.status("/-/healthy", user) == "200 HTTP/2")
        #expect(try bench.status("/-/healthy", user + ["--http1.1"]) == "200 HTTP/1.1")
        #expect(try bench.status("/-/healthy", user + ["--tls-max", "1.2"]) == "200 HTTP/2")
        #expect(try bench.status("/-/healthy", user + ["--tls-max", "1.1"]).hasPrefix("curl "))
        #expect(try bench.status("/-/healthy", user, url: "http://127.0.0.1:\(bench.exporter.port)").hasPrefix("curl "))
        let answer = try bench.curl("/", user + ["--include"]).text.lowercased()
        #expect(answer.contains("strict-transport-security: max-age=60"))
        #expect(answer.contains("x-frame-options: deny"))
        #expect(answer.components(separatedBy: "x-frame-options").count == 2)
        for wrong in [
            [], ["--user", "prometheus:open"], ["--user", "nobody:open:sesame"],
            ["--header", "Authorization: Basic ="],
        ] {
            #expect(try bench.status("/metrics", wrong) == "401 HTTP/2")
        }
        #expect(try bench.curl("/", ["--include"]).text.lowercased().contains("www-authenticate: basic"))
    }

    @Test("Only clients with a certificate of the authority come in")
    func clientCertificates() async throws {
        let folder = try Self.certificates()
        let asking = "client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: \(folder.path("authority.pem"))"
        let bench = try await Bench.start(Self.tls(folder, asking), in: folder)
        let shown = { (name: String) in ["--cert", folder.path("\(name).pem"), "--key", folder.path("\(name).key")] }
        #expect(try bench.status("/-/healthy", shown("client")) == "200 HTTP/2")
        #expect(try bench.status("/-/healthy").hasPrefix("curl "))
        #expect(try bench.status("/-/healthy", shown("stranger")).hasPrefix("curl "))

        try bench.write(Self.tls(folder, asking + "\n  client_allowed_sans: [nobody.example]"))
        try await eventually("no name is allowed", within: .seconds(10)) {
            try bench.status("/-/healthy", shown("client")).hasPrefix("curl ")
        }
        try bench.write(Self.tls(folder, asking + "\n  client_allowed_sans: [127.0.0.1]"))
        try await eventually("the client's name is allowed", within: .seconds(10)) {
            try bench.status("/-/healthy", shown("client")) == "200 HTTP/2"
        }
    }

    @Test("A certificate is replaced without a restart, and with a mistake the one before stays")
    func rotation() async throws {
        let folder = try Self.certificates()
        let bench = try await Bench.start(Self.tls(folder), in: folder)
        let serial = {
            let shown = try Tool("openssl", ["s_client", "-connect", "127.0.0.1:\(bench.exporter.port)"])
            return try Tool("openssl", ["x509", "-noout", "-serial"], input: shown.output).output
        }
        let first = try serial()
        #expect(!first.isEmpty)
        try folder.make("server", issuedBy: "authority")
        try await eventually("the new certificate is shown", within: .seconds(10)) { try serial() != first }
        let second = try serial()
        #expect(try bench.status("/-/healthy") == "200 HTTP/2")

        try Data("nonsense".utf8).write(to: URL(filePath: folder.path("server.pem")))
        let complaint = try await bench.exporter.process.line(with: "cannot be used", within: .seconds(10))
        #expect(complaint.contains("cert_file"))
        #expect(try serial() == second)
        #expect(try bench.status("/-/healthy") == "200 HTTP/2")

        try bench.write("{}")
        _ = try await bench.exporter.process.line(with: "TLS was switched off", within: .seconds(10))
        #expect(try bench.status("/-/healthy") == "200 HTTP/2")
    }

    @Test("More requests than the limit allows get status 429")
    func limit() async throws {
        let folder = try Self.certificates()
        let bench = try await Bench.start("rate_limit: { interval: 1h, burst: 2 }", in: folder)
        let plain = "http://127.0.0.1:\(bench.exporter.port)"
        let statuses = try (0..<4).map { _ in try bench.status("/-/healthy", url: plain) }
        #expect(statuses == ["200 HTTP/1.1", "200 HTTP/1.1", "429 HTTP/1.1", "429 HTTP/1.1"])
    }

    @Test("The real Prometheus scrapes with TLS, a client certificate and a password")
    func prometheus() async throws {
        let folder = try Self.certificates()
        let asking = "client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: \(folder.path("authority.pem"))"
        let users = "basic_auth_users: { prometheus: \(try Self.hash(of: "open sesame")) }"
        let bench = try await Bench.start(Self.tls(folder, asking) + users, in: folder)
        let server = try await PrometheusServer.start(
            in: bench.workplace,
            scraping: bench.exporter,
            """
                scheme: https
                basic_auth: { username: prometheus, password: "open sesame" }
                tls_config:
                  ca_file: \(folder.path("authority.pem"))
                  cert_file: \(folder.path("client.pem"))
                  key_file: \(folder.path("client.key"))
            """
        )
        try await eventually("it is scraped", within: .seconds(20)) {
            try await server.query("up", by: "job")["rtc"] == 1
        }
        #expect(try await server.scrapeErrors().isEmpty)
        #expect(try await server.query("rtc_exporter_build_info", by: "job")["rtc"] == 1)
    }

    @Test("A check looks at the web configuration too, and a start with a mistake in it ends with 1")
    func check() throws {
        let workplace = try Workplace()
        let file = try workplace.write("rtc-exporter.yml", Self.configuration)
        let good = try workplace.write("good.yml", "basic_auth_users: { a: \(try Self.hash(of: "b")) }")
        let bad = try workplace.write("bad.yml", "basic_auth_users: { a: b }")
        for command in [["check"], ["serve", "--config.check"]] {
            let arguments = command + ["--config.file", file, "--web.config.file"]
            let valid = try Workplace.run(Workplace.exporter, arguments + [good])
            #expect(valid.status == 0)
            #expect(valid.text.contains("good.yml is valid: TLS: no, users: 1."))
            #expect(try Workplace.run(Workplace.exporter, arguments + [bad]).status == 1)
        }
        let start = try Workplace.run(Workplace.exporter, ["--config.file", file, "--web.config.file", bad])
        #expect(start.status == 1)
        #expect(start.text.contains("bad.yml:1: basic_auth_users.a: this is not a bcrypt hash"))
    }
}
