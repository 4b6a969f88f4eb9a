import NIOSSL

/// A certificate for this machine that no authority signed, made anew.
enum Certificate {
    static func selfSigned() async throws -> NIOSSLContext {
        try await WorkFolder.with { folder in
            let (key, certificate) = (folder.path("key.pem"), folder.path("certificate.pem"))
            let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            let name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
            try Programs.run(
                "openssl",
                ["req", "-x509", "-days", "2", "-keyout", key, "-out", certificate] + curve + name
            )
            let configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            )
            return try NIOSSLContext(configuration: configuration)
        }
    }
}
