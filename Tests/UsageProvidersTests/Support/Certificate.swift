import Foundation
import NIOSSL

/// Certificates for this machine, made anew.
enum Certificate {
    /// A host that only a proxy finds.
    static let host = "rtc.example.test"

    /// An authority of a test's own and a server that it vouches for.
    struct Issued {
        /// The authority's certificate, as PEM.
        let authority: [UInt8]
        let server: NIOSSLContext
    }

    static let thisMachine = ["DNS:localhost", "IP:127.0.0.1", "IP:0.0.0.0"]

    /// One that no authority signed.
    static func selfSigned() async throws -> NIOSSLContext {
        try await WorkFolder.with { folder in
            try make("server", in: folder, alternative(thisMachine))
            return try server(in: folder)
        }
    }

    /// One that an authority signed whom nobody else knows.
    static func issued(for names: [String] = thisMachine) async throws -> Issued {
        try await WorkFolder.with { folder in
            try make("authority", in: folder, ["-addext", "keyUsage=critical,keyCertSign,cRLSign"])
            let signer = ["-CA", folder.path("authority.pem"), "-CAkey", folder.path("authority.key")]
            let leaf = ["-addext", "basicConstraints=critical,CA:FALSE"]
            try make("server", in: folder, alternative(names) + signer + leaf)
            let authority = try Data(contentsOf: URL(filePath: folder.path("authority.pem")))
            return Issued(authority: Array(authority), server: try server(in: folder))
        }
    }

    private static func alternative(_ names: [String]) -> [String] {
        ["-addext", "subjectAltName=\(names.joined(separator: ","))"]
    }

    private static func make(_ name: String, in folder: WorkFolder, _ options: [String]) throws {
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        let files = ["-keyout", folder.path("\(name).key"), "-out", folder.path("\(name).pem")]
        try Programs.run("openssl", ["req", "-x509", "-days", "2", "-subj", "/CN=\(name)"] + files + curve + options)
    }

    private static func server(in folder: WorkFolder) throws -> NIOSSLContext {
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(folder.path("server.pem")).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: folder.path("server.key"), format: .pem))
        )
        return try NIOSSLContext(configuration: configuration)
    }
}
