import Foundation
import NIOSSL

/// Names of which a client's certificate has to have one, as DNS name, mail address, URI or IP address, letter by letter.
struct AllowedNames: Sendable {
    private let texts: Set<[UInt8]>
    private let addresses: Set<[UInt8]>

    init(_ names: [String]) {
        texts = Set(names.map { Array($0.utf8) })
        addresses = Set(names.compactMap(Self.address))
    }

    /// Whether anybody is right.
    var isEmpty: Bool { texts.isEmpty }

    /// Whether a certificate may be used.
    func contains(_ certificate: NIOSSLCertificate?) -> Bool {
        guard !isEmpty else { return true }
        // The library has no other way to read alternative names.
        return certificate?._subjectAlternativeNames().contains(where: contains) ?? false
    }

    private func contains(_ name: _SubjectAlternativeName) -> Bool {
        let bytes = Array(name.contents)
        return switch name.nameType {
        case .dnsName, .email, .uri: texts.contains(bytes)
        case .ipAddress: addresses.contains(bytes)
        default: false
        }
    }

    /// The bytes of an IP address; `nil` for another text.
    private static func address(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if unsafe inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
