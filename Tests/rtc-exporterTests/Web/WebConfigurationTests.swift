import ExporterHTTP
import Testing
import Usage

@testable import rtc_exporter

@Suite("The web configuration file")
struct WebConfigurationTests {
    private static let tls = "tls_server_config: { cert_file: server.pem, key_file: server.key"

    @Test("Every key is read")
    func everyKey() throws {
        let configuration = try WebSample.load(
            """
            tls_server_config:
              cert_file: server.pem
              key_file: /etc/rtc/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: authority.pem
              client_allowed_sans: [prometheus.example, 192.0.2.7]
              min_version: TLS12
              max_version: TLS13
              cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256]
              prefer_server_cipher_suites: false
              curve_preferences: [X25519, CurveP256]
            http_server_config:
              http2: false
              headers:
                Content-Security-Policy: default-src 'self'
                Strict-Transport-Security: max-age=31536000
                X-Content-Type-Options: nosniff
                X-Frame-Options: sameorigin
                X-XSS-Protection: "1"
            basic_auth_users:
              alice: \(WebSample.hash)
              "": $2y$10$\(WebSample.hash.dropFirst(7))
            rate_limit: { interval: 100ms, burst: 20 }
            """
        )
        let settings = configuration.settings
        #expect(settings.tls != nil)
        #expect(
            settings.headers.map { "\($0.name)=\($0.value)" } == [
                "Content-Security-Policy=default-src 'self'", "Strict-Transport-Security=max-age=31536000",
                "X-Content-Type-Options=nosniff", "X-Frame-Options=sameorigin", "X-XSS-Protection=1",
            ]
        )
        #expect(settings.users.mapValues(\.cost) == ["alice": 5, "": 10])
        #expect(settings.rateLimit == RateLimit(interval: .milliseconds(100), burst: 20))
        #expect(configuration.warnings.isEmpty)
    }

    @Test(
        "A file that asks for nothing is right, and one with a part has that part",
        arguments: [
            "{}", "basic_auth_users: {}", "http_server_config: { http2: off }", "rate_limit: { interval: 0, burst: 5 }",
            "http_server_config: { headers: { X-XSS-Protection: \"\" } }",
        ]
    )
    func nothing(_ text: String) throws {
        let settings = try WebSample.load(text).settings
        #expect(settings.tls == nil)
        #expect(settings.users.isEmpty)
        #expect(settings.headers.isEmpty)
        #expect(settings.rateLimit == nil)
    }

    @Test("Certificate, key and authorities may stand in the file itself")
    func inline() throws {
        let text = """
            tls_server_config:
              cert: |
            \(try WebSample.text("server.pem", indent: 4))
              key: |
            \(try WebSample.text("server.key", indent: 4))
              client_auth_type: VerifyClientCertIfGiven
              client_ca: |
            \(try WebSample.text("authority.pem", indent: 4))

            """
        #expect(try WebSample.load(text).settings.tls != nil)
    }

    static let values = [
        "client_auth_type: NoClientCert", "client_auth_type: RequestClientCert",
        "client_auth_type: RequireAnyClientCert",
        "client_auth_type: RequireClientCert", "client_auth_type: RequireAnyClientCert, client_allowed_sans: [a]",
        "cipher_suites: [TLS_AES_128_GCM_SHA256]", "cipher_suites: []", "curve_preferences: []", "min_version: TLS10",
        "min_version: TLS13", "max_version: TLS12", "prefer_server_cipher_suites: no",
    ]

    @Test("Each value that TLS can do is taken", arguments: values)
    func accepted(_ more: String) throws {
        let configuration = try WebSample.load("\(Self.tls), \(more) }")
        #expect(configuration.settings.tls != nil)
        #expect(configuration.warnings.isEmpty)
    }

    @Test("What is allowed and probably not meant is warned of")
    func warnings() throws {
        func warnings(_ text: String, now: UnixTime = SystemClock.now()) throws -> [String] {
            try WebSample.load(text, now: now).warnings.map { "\($0.line ?? 0): \($0.key): \($0.sentence)" }
        }
        let unused = try warnings(
            "\(Self.tls), client_auth_type: RequireAnyClientCert, client_ca_file: authority.pem }"
        )
        #expect(unused.count == 1)
        #expect(unused[0].hasPrefix("1: tls_server_config.client_ca_file: certificates are compared with it only by"))
        let dear = try warnings("basic_auth_users: { a: $2b$15$\(WebSample.hash.dropFirst(7)) }")
        #expect(dear.map { $0.hasPrefix("1: basic_auth_users.a: with cost 15") } == [true])
        let later = try warnings("\(Self.tls) }", now: SystemClock.now() + .days(3))
        #expect(
            later == ["1: tls_server_config.cert_file: the certificate is no longer valid, so that clients refuse it"]
        )
    }
}
