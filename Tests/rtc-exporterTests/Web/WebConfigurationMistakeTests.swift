import TestSupport
import Testing

@testable import rtc_exporter

@Suite("Mistakes in the web configuration file")
struct WebConfigurationMistakeTests {
    /// A text and the beginnings of the messages that it gives.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let messages: [String]

        init(_ text: String, _ messages: String...) {
            self.init(text: text, messages: messages)
        }

        init(text: String, messages: [String]) {
            self.text = text
            self.messages = messages
        }

        var testDescription: String { text }
    }

    private static func tls(_ more: String, _ messages: String...) -> Mistake {
        Mistake(
            text: "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n  \(more)",
            messages: messages
        )
    }

    static let mistakes: [Mistake] = [
        Mistake("", "1: the file is empty; write `{}`"),
        Mistake("# only a comment\n", "1: the file is empty; write `{}`"),
        Mistake("[]", "1: expected keys with values"),
        Mistake("a: [", "1: not valid YAML"),
        Mistake("tls_sever_config: {}", "1: tls_sever_config: unknown key; did you mean `tls_server_config`?"),
        Mistake("basic_auth_users:\n", "1: basic_auth_users: the value is missing"),
        Mistake("rate_limit: { interval: 1s, burst: 1 }\nrate_limit: {}", "2: rate_limit: this key is repeated"),
        Mistake(
            "tls_server_config: {}",
            "1: tls_server_config: `cert` or `cert_file` is missing",
            "1: tls_server_config: `key` or `key_file` is missing"
        ),
        Mistake(
            "tls_server_config: { cert_file: server.pem }",
            "1: tls_server_config: `key` or `key_file` is missing"
        ),
        Mistake(
            "tls_server_config:\n  cert_file: no.pem\n  key_file: forbidden",
            "2: tls_server_config.cert_file: the file `/etc/rtc/no.pem` does not exist",
            "3: tls_server_config.key_file: the file `/etc/rtc/forbidden` may not be read"
        ),
        Mistake(
            "tls_server_config:\n  cert_file: server.pem\n  key_file: other.key",
            "3: tls_server_config.key_file: the private key does not belong to the certificate"
        ),
        Mistake(
            "tls_server_config:\n  cert_file: server.key\n  key_file: server.pem",
            "2: tls_server_config.cert_file: the file `/etc/rtc/server.key` cannot be used: a certificate in it ",
            "3: tls_server_config.key_file: the file `/etc/rtc/server.pem` cannot be used: there is no private k",
        ),
        Mistake(
            "tls_server_config:\n  cert: nonsense\n  key: nonsense",
            "2: tls_server_config.cert: the text cannot be used: there is no certificate",
            "3: tls_server_config.key: the text cannot be used: there is no private key"
        ),
        tls("cert: x", "2: tls_server_config.cert_file: there is `cert` as well"),
        tls("key: x", "3: tls_server_config.key_file: there is `key` as well"),
        tls(
            "client_auth_type: Require",
            "4: tls_server_config.client_auth_type: `Require` is not a client_auth_type; known are `NoClientCe"
        ),
        tls(
            "client_auth_type: RequireAndVerifyClientCert",
            "4: tls_server_config.client_auth_type: `client_ca` or `client_ca_file` is missing"
        ),
        tls(
            "client_auth_type: VerifyClientCertIfGiven",
            "4: tls_server_config.client_auth_type: `client_ca` or `client_ca_file` is missing"
        ),
        tls(
            "client_ca_file: authority.pem",
            "4: tls_server_config.client_ca_file: no client is asked for a certificate"
        ),
        tls(
            "client_ca_file: no.pem\n  client_auth_type: VerifyClientCertIfGiven",
            "4: tls_server_config.client_ca_file: the file `/etc/rtc/no.pem` does not exist"
        ),
        tls(
            "client_ca_file: server.key\n  client_auth_type: VerifyClientCertIfGiven",
            "4: tls_server_config.client_ca_file: the file `/etc/rtc/server.key` cannot be used"
        ),
        tls(
            "client_ca_file: middle.pem\n  client_auth_type: VerifyClientCertIfGiven",
            "4: tls_server_config.client_ca_file: trusting an authority in between alone is not supported"
        ),
        tls(
            "client_allowed_sans: [a]",
            "4: tls_server_config.client_allowed_sans: this needs `client_auth_type: RequireAndVerifyClientCer"
        ),
        tls(
            "client_allowed_sans: []\n  client_auth_type: RequireAnyClientCert",
            "4: tls_server_config.client_allowed_sans: the list is empty"
        ),
        tls(
            "min_version: TLS1.2",
            "4: tls_server_config.min_version: `TLS1.2` is not a version of TLS; did you mean `TLS12`?"
        ),
        tls(
            "min_version: TLS13\n  max_version: TLS12",
            "5: tls_server_config.max_version: `min_version` (TLS13) is newer than `max_version` (TLS12)"
        ),
        tls("max_version: TLS11", "4: tls_server_config.max_version: `min_version` (TLS12) is newer"),
        tls(
            "cipher_suites:\n  - TLS_RSA_WITH_AES_128_GCM_SHA256",
            "5: tls_server_config.cipher_suites[0]: `TLS_RSA_WITH_AES_128_GCM_SHA256` is not supported: it is "
        ),
        tls(
            "cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA265]",
            "4: tls_server_config.cipher_suites[0]: this is not a cipher suite; did you mean `TLS_ECDHE_RSA_WI"
        ),
        tls(
            "cipher_suites: [TLS_AES_128_GCM_SHA256]\n  max_version: TLS12",
            "4: tls_server_config.cipher_suites: none of these is for TLS12 or older"
        ),
        tls("curve_preferences: [P256]", "4: tls_server_config.curve_preferences[0]: `P256` is not a curve"),
        tls(
            "prefer_server_cipher_suites: perhaps",
            "4: tls_server_config.prefer_server_cipher_suites: `perhaps` is neither"
        ),
        Mistake("http_server_config: { http2: 2 }", "1: http_server_config.http2: `2` is neither `true` nor `false`"),
        Mistake(
            "http_server_config:\n  headers:\n    Server: x",
            "3: http_server_config.headers.Server: unknown key"
        ),
        Mistake(
            "http_server_config: { headers: { X-Frame-Options: DENY } }",
            "1: http_server_config.headers.X-Frame-Options: `DENY` is not a value of this header; expected `de"
        ),
        Mistake(
            "http_server_config: { headers: { X-XSS-Protection: \"1\\r\\nSet-Cookie: a\" } }",
            "1: http_server_config.headers.X-XSS-Protection: a header has only ASCII"
        ),
        Mistake("basic_auth_users: { alice: open sesame }", "1: basic_auth_users.alice: this is not a bcrypt hash"),
        Mistake(
            "basic_auth_users:\n  a: \(WebSample.hash)\n  a: \(WebSample.hash)",
            "3: basic_auth_users.a: this key is repeated"
        ),
        Mistake(
            "basic_auth_users: { \"a:b\": \(WebSample.hash) }",
            "1: basic_auth_users.a:b: the name of a user has no colon"
        ),
        Mistake("rate_limit: { interval: 1s }", "1: rate_limit: the key `burst` is missing"),
        Mistake("rate_limit: { burst: 1 }", "1: rate_limit: the key `interval` is missing"),
        Mistake(
            "rate_limit: { interval: fast, burst: 0 }",
            "1: rate_limit.interval: `fast` is not a duration",
            "1: rate_limit.burst: `0` is out of range"
        ),
    ]

    @Test("Each mistake gives its messages with line and key, and nothing else", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        let found = try WebSample.mistakes(mistake.text)
        #expect(found.count == mistake.messages.count, "\(found)")
        for (message, beginning) in zip(found, mistake.messages) {
            #expect(message.hasPrefix(beginning), "\(message)")
        }
    }

    @Test("A file that is not there, and one that is not text, are told of")
    func unreadable() throws {
        let loader = WebConfigurationLoader(surroundings: .sample(files: ["b.yml": [0x61, 0x0a, 0xff]]))
        #expect(throws: ConfigurationErrors.one("the configuration file does not exist", file: "a.yml", line: nil)) {
            try loader.load("a.yml")
        }
        #expect(throws: ConfigurationErrors.self) { try loader.load("b.yml") }
    }

    @Test("Nothing secret is in any message")
    func secrecy() throws {
        let key = try WebSample.text("server.key", indent: 4)
        let secrets = key.split(separator: "\n").map { $0.drop { $0 == " " } } + ["CCCCCCCCCCCCCCCCCCCCC", "tr0ub4dor"]
        for text in [
            "tls_server_config:\n  cert: |\n\(key)\n  key: |\n\(key)\n",
            "tls_server_config:\n  cert_file: |\n\(key)\n",
            "basic_auth_users: { \(WebSample.hash): alice }", "basic_auth_users: { alice: tr0ub4dor }",
            "basic_auth_users: \(WebSample.hash)", "basic_auth_users: { alice: \(WebSample.hash)x }",
            "\(WebSample.hash): 1", "tls_server_config: { key: { \(WebSample.hash): 1 } }",
        ] {
            let found = try WebSample.mistakes(text).joined(separator: "\n")
            #expect(!found.isEmpty)
            for secret in secrets where secret.count > 8 { #expect(!found.contains(secret), "\(found)") }
        }
    }

    @Test("A damaged file gives settings or messages with lines, and never a part of the key", arguments: 1...3)
    func damaged(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let key = try WebSample.text("server.key", indent: 4)
        let good = """
            tls_server_config:
              cert: |
            \(try WebSample.text("server.pem", indent: 4))
              key: |
            \(key)
            basic_auth_users: { alice: \(WebSample.hash) }
            """
        for _ in 0..<200 {
            var bytes = Array(good.utf8)
            for _ in 0...Int.random(in: 0...2, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0x7e, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 40))
                }
            }
            let found = try WebSample.mistakes(String(decoding: bytes, as: UTF8.self))
            #expect(found.allSatisfy { $0.first?.isNumber == true })
            let secret = key.split(separator: "\n")[1].suffix(20)
            #expect(!found.joined().contains(secret))
        }
    }
}
