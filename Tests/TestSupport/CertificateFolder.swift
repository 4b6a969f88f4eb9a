import Foundation

/// A folder with certificates that the system's `openssl` makes, gone when nobody holds it any more.
public final class CertificateFolder: Sendable {
    /// Why there is no certificate.
    public struct Failed: Error {
        /// What the program wrote.
        public let reason: String
    }

    /// Names of this machine, as `openssl` writes them.
    public static let thisMachine = ["DNS:localhost", "IP:127.0.0.1"]

    private let folder: URL

    /// An empty one.
    public init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "rtc-exporter-certificates-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The path of a file in it.
    public func path(_ name: String) -> String { folder.appending(path: name).path }

    /// What is in a file in it.
    public func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: path(name)))) }

    /// Makes `NAME.pem` and `NAME.key` of an authority, which issued itself or was issued by another one.
    public func makeAuthority(_ name: String, issuedBy issuer: String? = nil) throws {
        try make(name, issuer, ["-addext", "keyUsage=critical,keyCertSign,cRLSign"])
    }

    /// Makes `NAME.pem` and `NAME.key` of a server or client; one without an issuer issued itself.
    public func make(_ name: String, names: [String] = thisMachine, issuedBy issuer: String? = nil) throws {
        let alternatives = names.isEmpty ? [] : ["-addext", "subjectAltName=\(names.joined(separator: ","))"]
        try make(name, issuer, alternatives + ["-addext", "basicConstraints=critical,CA:FALSE"])
    }

    private func make(_ name: String, _ issuer: String?, _ options: [String]) throws {
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        let files = ["-keyout", path("\(name).key"), "-out", path("\(name).pem")]
        let signer = issuer.map { ["-CA", path("\($0).pem"), "-CAkey", path("\($0).key")] } ?? []
        let request = ["req", "-x509", "-days", "2", "-subj", "/CN=\(name)"]
        let tool = try Tool("openssl", request + files + curve + signer + options)
        guard tool.status == 0 else { throw Failed(reason: tool.errors) }
    }
}
