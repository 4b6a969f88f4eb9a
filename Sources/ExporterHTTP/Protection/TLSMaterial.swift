import NIOSSL

/// Why certificates or a key cannot be used.
public struct TLSProblem: Error, Hashable {
    /// What is wrong, as a sentence for messages. Never a part of a key.
    public let sentence: String
}

/// Certificates from a PEM text, in its order.
public struct TLSCertificates: Sendable {
    let certificates: [NIOSSLCertificate]

    /// Reads them.
    ///
    /// - Throws: ``TLSProblem`` when there is none, or one that cannot be read.
    public init(pem: [UInt8]) throws(TLSProblem) {
        guard String(decoding: pem, as: UTF8.self).contains("-----BEGIN ") else {
            throw TLSProblem(sentence: "there is no certificate in it; expected PEM: `-----BEGIN CERTIFICATE-----` ...")
        }
        do {
            certificates = try NIOSSLCertificate.fromPEMBytes(pem)
        } catch {
            throw TLSProblem(sentence: "a certificate in it is damaged, or there is none")
        }
    }

    /// When the first one ends to be valid, in seconds of Unix time.
    public var validUntil: Int { certificates.first?.notValidAfter ?? 0 }

    /// Whether each one was issued by itself or by another one here. A client's certificate is accepted only when the way
    /// from it ends at one that issued itself.
    var isClosed: Bool {
        let names = certificates.map(\.subjectName)
        return certificates.allSatisfy { names.contains($0.issuerName) }
    }
}

/// A private key from a PEM text.
public struct TLSPrivateKey: Sendable {
    let key: NIOSSLPrivateKey

    /// Reads it.
    ///
    /// - Throws: ``TLSProblem`` when there is none that can be used.
    public init(pem: [UInt8]) throws(TLSProblem) {
        let text = String(decoding: pem, as: UTF8.self)
        guard text.contains("PRIVATE KEY-----") else {
            throw TLSProblem(sentence: "there is no private key in it; expected PEM: `-----BEGIN PRIVATE KEY-----`")
        }
        // Without a callback the library would ask on the terminal.
        guard !text.contains("ENCRYPTED") else {
            throw TLSProblem(sentence: "an encrypted private key is not supported: nobody could give its password")
        }
        do {
            key = try NIOSSLPrivateKey(bytes: pem, format: .pem) { (_: (EmptyCollection<UInt8>) -> Void) in
                throw TLSProblem(sentence: "the private key is encrypted")
            }
        } catch {
            throw TLSProblem(sentence: "the private key in it is damaged, or of a kind that is not supported")
        }
    }
}
