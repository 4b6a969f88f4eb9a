import NIOSSL

/// The certificates of authorities that an account trusts in place of those that the system does.
public struct TrustedCertificates: Hashable, Sendable {
    /// What keeps a file from being one of certificates.
    public enum Problem: Error, Hashable, Sendable {
        /// There is no certificate in it.
        case none
        /// One of its certificates cannot be read.
        case unreadable

        /// What is wrong and what is expected.
        public var sentence: String {
            let form = "expected one or more certificates as PEM, each between BEGIN CERTIFICATE and END CERTIFICATE"
            return switch self {
            case .none: "there is no certificate in this file; \(form)"
            case .unreadable: "a certificate of this file cannot be read; \(form)"
            }
        }
    }

    let certificates: [NIOSSLCertificate]

    /// Reads certificates.
    ///
    /// - Parameter pem: The bytes of a PEM file, which may hold other text between the certificates.
    /// - Throws: What keeps it from being one.
    public init(pem: [UInt8]) throws(Problem) {
        guard String(decoding: pem, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") else { throw .none }
        do {
            certificates = try NIOSSLCertificate.fromPEMBytes(pem)
        } catch {
            throw .unreadable
        }
        guard !certificates.isEmpty else { throw .none }
    }
}
