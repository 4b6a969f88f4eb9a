import NIOSSL

/// A version of TLS, by its name in the web configuration.
public enum TLSProtocolVersion: String, CaseIterable, Comparable, Sendable {
    case tls10 = "TLS10"
    case tls11 = "TLS11"
    case tls12 = "TLS12"
    case tls13 = "TLS13"

    /// The older one is the smaller one.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    var version: TLSVersion {
        switch self {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}

/// A curve for agreeing on keys, by Go's name.
public enum TLSCurve: String, CaseIterable, Sendable {
    case p256 = "CurveP256"
    case p384 = "CurveP384"
    case p521 = "CurveP521"
    case x25519 = "X25519"

    var curve: NIOTLSCurve {
        switch self {
        case .p256: .secp256r1
        case .p384: .secp384r1
        case .p521: .secp521r1
        case .x25519: .x25519
        }
    }
}

/// Whether clients show a certificate and what it has to be, by Go's name.
public enum ClientAuthentication: String, CaseIterable, Sendable {
    case none = "NoClientCert"
    case request = "RequestClientCert"
    case requireAny = "RequireAnyClientCert"
    case verifyIfGiven = "VerifyClientCertIfGiven"
    case requireAndVerify = "RequireAndVerifyClientCert"

    /// Whether certificates are compared with the authorities.
    public var verifies: Bool { self == .verifyIfGiven || self == .requireAndVerify }

    /// Whether a client without a certificate is turned away.
    public var requires: Bool { self == .requireAny || self == .requireAndVerify }
}
