import ExporterHTTP
import Foundation
import NIOHTTP1
import NIOSSL

/// A protection of a test's own.
struct TestProtection: WebProtection {
    var tls: NIOSSLContext?
    var offersHTTP2 = false
    var headers: [(name: String, value: String)] = []
    var admission: @Sendable (HTTPRequestHead) async -> Admission = { _ in .admitted }

    func makeTLSHandler() -> NIOSSLServerHandler? { tls.map { NIOSSLServerHandler(context: $0) } }

    func admit(_ request: HTTPRequestHead) async -> Admission { await admission(request) }

    /// One with TLS, by a certificate made for the occasion.
    static func encrypted(
        http2: Bool = false,
        _ change: (inout TLSConfiguration) -> Void = { _ in }
    ) throws -> TestProtection {
        var configuration = try serverConfiguration()
        configuration.applicationProtocols = http2 ? ["h2", "http/1.1"] : ["http/1.1"]
        change(&configuration)
        return TestProtection(tls: try NIOSSLContext(configuration: configuration), offersHTTP2: http2)
    }

    /// A client that takes any certificate.
    static func client() throws -> NIOSSLContext {
        try NIOSSLContext(configuration: anyCertificate)
    }

    static var anyCertificate: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        return configuration
    }

    private static func serverConfiguration() throws -> TLSConfiguration {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rtc-exporter-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.appending(path: "key.pem").path, folder.appending(path: "cert.pem").path)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments =
            ["req", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate]
            + ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
    }
}
