import NIOSSL
import Testing
import TestSupport

@testable import ExporterHTTP

@Suite("TLS as the web configuration has it")
struct ServerTLSTests {
    /// What a client may show.
    enum Shown: String, CaseIterable {
        case nothing, trusted, named, stranger
    }

    private static let folder: Result<CertificateFolder, any Error> = Result {
        let folder = try CertificateFolder()
        try folder.makeAuthority("authority")
        try folder.make("server", issuedBy: "authority")
        try folder.make("trusted", names: ["DNS:other.example"], issuedBy: "authority")
        let names = [
            "DNS:prometheus.example", "email:ops@example.com", "URI:spiffe://example/p", "IP:192.0.2.7",
            "IP:2001:db8::7",
        ]
        try folder.make("named", names: names, issuedBy: "authority")
        try folder.make("stranger", names: ["DNS:prometheus.example"])
        return folder
    }

    private func admits(_ shown: Shown, _ handler: NIOSSLServerHandler, newest: TLSVersion = .tlsv13) throws -> Bool {
        let folder = try Self.folder.get()
        let client = try folder.client(shown == .nothing ? nil : shown.rawValue) { $0.maximumTLSVersion = newest }
        return try TLSBench().arrives(client, handler)
    }

    static let rules: [(ClientAuthentication, [String], [Shown])] = [
        (.none, [], [.nothing, .trusted, .named, .stranger]),
        (.request, [], [.nothing, .trusted, .named, .stranger]),
        (.requireAny, [], [.trusted, .named, .stranger]),
        (.requireAny, ["prometheus.example"], [.named, .stranger]),
        (.verifyIfGiven, [], [.nothing, .trusted, .named]),
        (.requireAndVerify, [], [.trusted, .named]),
        (.requireAndVerify, ["prometheus.example"], [.named]),
        (.requireAndVerify, ["nobody", "ops@example.com"], [.named]),
        (.requireAndVerify, ["spiffe://example/p"], [.named]),
        (.requireAndVerify, ["192.0.2.7"], [.named]),
        (.requireAndVerify, ["2001:0db8:0::7"], [.named]),
        (.requireAndVerify, ["prometheus", "*.example", "Prometheus.example", "2.7"], []),
    ]

    @Test(
        "Who comes in is what client_auth_type and client_allowed_sans say",
        arguments: rules,
        [TLSVersion.tlsv12, .tlsv13]
    )
    func clients(_ rule: (ClientAuthentication, [String], [Shown]), _ version: TLSVersion) throws {
        let tls = try Self.folder.get().tls(authorities: rule.0.verifies ? "authority" : nil) {
            $0.clientAuthentication = rule.0
            $0.allowedNames = rule.1
        }
        for shown in Shown.allCases {
            #expect(try admits(shown, tls.makeHandler(), newest: version) == rule.2.contains(shown), "\(shown)")
        }
    }

    @Test("Only versions within the limits are spoken")
    func versions() throws {
        let folder = try Self.folder.get()
        for (oldest, newest, offered, isSpoken) in [
            (TLSProtocolVersion.tls12, TLSProtocolVersion.tls13, TLSVersion.tlsv11, false),
            (.tls12, .tls13, .tlsv12, true), (.tls13, .tls13, .tlsv12, false), (.tls12, .tls12, .tlsv13, false),
            (.tls10, .tls13, .tlsv11, true),
        ] {
            let tls = try folder.tls { ($0.minimumVersion, $0.maximumVersion) = (oldest, newest) }
            let client = try folder.client { ($0.minimumTLSVersion, $0.maximumTLSVersion) = (offered, offered) }
            #expect(try TLSBench().arrives(client, tls.makeHandler()) == isSpoken, "\(oldest) \(newest) \(offered)")
        }
    }

    @Test(
        "Every cipher suite that can be chosen works, and no other one is then spoken",
        arguments: TLSCipherSuite.choosable
    )
    func suites(_ suite: TLSCipherSuite) throws {
        let folder = try Self.folder.get()
        let tls = try folder.tls { $0.cipherSuites = [suite] }
        // The certificate has a key for ECDSA.
        let fits = suite.name.contains("ECDSA")
        let client = { (name: String) in
            try folder.client { ($0.maximumTLSVersion, $0.cipherSuites) = (.tlsv12, name) }
        }
        #expect(try TLSBench().arrives(client(suite.name), tls.makeHandler()) == fits)
        let others = TLSCipherSuite.choosable.filter { $0 != suite }.map(\.name).joined(separator: ":")
        #expect(try !TLSBench().arrives(client(others), tls.makeHandler()))
    }

    @Test("Every curve that can be chosen works, and no other one is then spoken", arguments: TLSCurve.allCases)
    func curves(_ curve: TLSCurve) throws {
        let folder = try Self.folder.get()
        let tls = try folder.tls { $0.curves = [curve] }
        for other in TLSCurve.allCases {
            let client = try folder.client { $0.curves = [other.curve] }
            #expect(try TLSBench().arrives(client, tls.makeHandler()) == (other == curve))
        }
    }

    @Test("HTTP/2 is agreed on where it is offered")
    func applicationProtocols() throws {
        let folder = try Self.folder.get()
        let client = try folder.client { $0.applicationProtocols = ["http/1.1", "h2"] }
        #expect(try TLSBench().agreed(client, folder.tls().makeHandler()).contains("\"h2\""))
        let only1 = try folder.tls { $0.offersHTTP2 = false }
        #expect(try TLSBench().agreed(client, only1.makeHandler()).contains("\"http/1.1\""))
        #expect(try TLSBench().agreed(folder.client(), folder.tls().makeHandler()).contains("nil"))
    }

    @Test("Certificate and key that do not fit, and texts that are neither, give a sentence")
    func problems() throws {
        let folder = try Self.folder.get()
        let server = try folder.bytes("server.pem")
        let key = try folder.bytes("server.key")
        #expect(throws: TLSProblem(sentence: "the private key does not belong to the certificate")) {
            try ServerTLS(
                certificates: TLSCertificates(pem: server),
                key: TLSPrivateKey(pem: folder.bytes("trusted.key")),
                authorities: nil,
                options: ServerTLS.Options()
            )
        }
        for text in [[], Array("nonsense".utf8), key, Array(server.dropLast(100)), [0xff, 0x00]] {
            #expect(throws: TLSProblem.self) { try TLSCertificates(pem: text) }
        }
        for text in [[], Array("nonsense".utf8), server, Array(key.prefix(80))] {
            #expect(throws: TLSProblem.self) { try TLSPrivateKey(pem: text) }
        }
        let encrypted = try Tool(
            "openssl",
            ["pkey", "-in", folder.path("server.key"), "-aes256", "-passout", "pass:x"]
        )
        #expect(encrypted.status == 0)
        #expect(throws: TLSProblem.self) { try TLSPrivateKey(pem: encrypted.output) }
        // Without the word that gives it away, still nobody is asked on the terminal.
        let disguised = String(decoding: encrypted.output, as: UTF8.self).replacing("ENCRYPTED", with: "RSA")
        #expect(throws: TLSProblem.self) { try TLSPrivateKey(pem: Array(disguised.utf8)) }
    }

    @Test("Authorities have to reach up to one that issued itself")
    func authorities() throws {
        let folder = try CertificateFolder()
        try folder.makeAuthority("root")
        try folder.makeAuthority("middle", issuedBy: "root")
        let (root, middle) = (try folder.bytes("root.pem"), try folder.bytes("middle.pem"))
        #expect(throws: Never.self) { try TLSCertificates(pem: root).checkAsAuthorities() }
        #expect(throws: Never.self) { try TLSCertificates(pem: middle + root).checkAsAuthorities() }
        #expect(throws: TLSProblem.self) { try TLSCertificates(pem: middle).checkAsAuthorities() }
    }
}
