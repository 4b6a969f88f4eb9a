import NIOCore
import NIOSSL

/// How connections are encrypted, ready for use.
public struct ServerTLS: Sendable {
    /// What can be chosen.
    public struct Options: Hashable, Sendable {
        /// The oldest version that is spoken.
        public var minimumVersion = TLSProtocolVersion.tls12
        /// The newest version that is spoken.
        public var maximumVersion = TLSProtocolVersion.tls13
        /// For versions up to 1.2, in order of preference; not empty.
        public var cipherSuites = TLSCipherSuite.choosable
        /// In order of preference; `nil` for the library's own.
        public var curves: [TLSCurve]?
        /// What is asked of clients.
        public var clientAuthentication = ClientAuthentication.none
        /// Names of which a client's certificate has to have one; any are right when there are none.
        public var allowedNames: [String] = []
        /// Whether HTTP/2 is offered beside HTTP/1.1.
        public var offersHTTP2 = true

        /// The defaults: TLS 1.2 and 1.3, for anybody.
        public init() {}
    }

    /// How a client's certificate is looked at, beyond what the library does by itself.
    private enum Inspection: Sendable {
        case none
        /// The certificate proves nothing, but has to be there and have one of the names.
        case unverified(AllowedNames)
        /// The library has verified the certificate; it has to have one of the names.
        case verified(AllowedNames)
    }

    private let context: NIOSSLContext
    private let inspection: Inspection

    /// Whether HTTP/2 is offered.
    let offersHTTP2: Bool

    /// Puts certificate and key together.
    ///
    /// - Parameters:
    ///   - certificates: The server's own first, then those that vouch for it.
    ///   - key: Of the first certificate.
    ///   - authorities: Whose clients are trusted, where that is verified.
    ///   - options: All else.
    /// - Throws: ``TLSProblem`` when they do not fit together.
    public init(
        certificates: TLSCertificates,
        key: TLSPrivateKey,
        authorities: TLSCertificates?,
        options: Options
    ) throws(TLSProblem) {
        offersHTTP2 = options.offersHTTP2
        inspection = Self.inspection(options)
        let own = Self.configuration(certificates, key, options)
        context = try Self.context(Self.asking(own, options.clientAuthentication, authorities))
    }

    /// A handler for one connection.
    func makeHandler() -> NIOSSLServerHandler {
        switch inspection {
        case .none: NIOSSLServerHandler(context: context)
        case .unverified(let names):
            NIOSSLServerHandler(context: context) { certificates, promise in
                promise.succeed(names.contains(certificates.first) ? .certificateVerified : .failed)
            }
        case .verified(let names):
            // The public callback takes the place of the library's own verification; only this one comes after it.
            NIOSSLServerHandler._makeSSLServerHandler(context: context) { certificate, channel in
                names.contains(certificate)
                    ? channel.eventLoop.makeSucceededVoidFuture()
                    : channel.eventLoop.makeFailedFuture(NIOSSLError.unableToValidateCertificate)
            }
        }
    }

    private static func inspection(_ options: Options) -> Inspection {
        let names = AllowedNames(options.allowedNames)
        return switch options.clientAuthentication {
        case .none, .verifyIfGiven: .none
        case .request, .requireAny: .unverified(names)
        case .requireAndVerify: names.isEmpty ? .none : .verified(names)
        }
    }

    private static func configuration(
        _ certificates: TLSCertificates,
        _ key: TLSPrivateKey,
        _ options: Options
    ) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.certificates.map { .certificate($0) },
            privateKey: .privateKey(key.key)
        )
        configuration.minimumTLSVersion = options.minimumVersion.version
        configuration.maximumTLSVersion = options.maximumVersion.version
        configuration.cipherSuites = options.cipherSuites.map(\.name).joined(separator: ":")
        configuration.curves = options.curves?.map(\.curve)
        configuration.applicationProtocols = options.offersHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
        return configuration
    }

    /// The machine's own authorities never vouch for clients, so there is always a list, if need be an empty one.
    private static func asking(
        _ configuration: TLSConfiguration,
        _ authentication: ClientAuthentication,
        _ authorities: TLSCertificates?
    ) -> TLSConfiguration {
        var configuration = configuration
        configuration.trustRoots = .certificates(authorities?.certificates ?? [])
        configuration.sendCANameList = authorities != nil
        configuration.certificateVerification =
            switch authentication {
            case .none: .none
            case .request, .verifyIfGiven: .optionalVerification
            case .requireAny, .requireAndVerify: .noHostnameVerification
            }
        return configuration
    }

    private static func context(_ configuration: TLSConfiguration) throws(TLSProblem) -> NIOSSLContext {
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch NIOSSLError.failedToLoadPrivateKey {
            throw TLSProblem(sentence: "the private key does not belong to the certificate")
        } catch NIOSSLError.failedToLoadCertificate {
            throw TLSProblem(sentence: "a certificate is of a kind that is not supported")
        } catch {
            throw TLSProblem(sentence: "certificate, key and settings cannot be used together")
        }
    }
}

extension TLSCertificates {
    /// Checks that clients can be verified with them.
    ///
    /// - Throws: ``TLSProblem`` when the way from a client would not end here.
    public func checkAsAuthorities() throws(TLSProblem) {
        guard isClosed else {
            throw TLSProblem(
                sentence: "trusting an authority in between alone is not supported: add the certificate that issued "
                    + "it, up to one that issued itself"
            )
        }
    }
}
