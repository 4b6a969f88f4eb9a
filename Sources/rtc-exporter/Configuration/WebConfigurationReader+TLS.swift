import ExporterHTTP
import Usage

/// The section `tls_server_config`.
extension ConfigurationReader {
    /// A PEM text from the file itself or from another one.
    private struct PEM {
        /// Where it is named.
        let place: YAMLValue
        let bytes: [UInt8]
        /// The beginning of a sentence about it.
        let name: String
    }

    mutating func serverTLS(_ value: YAMLValue?, offersHTTP2: Bool, now: UnixTime) -> ServerTLS? {
        guard let value else { return nil }
        let fields = fields(
            of: value,
            known: [
                "cert", "cert_file", "key", "key_file", "client_auth_type", "client_ca", "client_ca_file",
                "client_allowed_sans", "min_version", "max_version", "cipher_suites", "prefer_server_cipher_suites",
                "curve_preferences",
            ]
        )
        let errorsBefore = errors.count
        let (certificates, key) = (pem("cert", in: fields, isRequired: true), pem("key", in: fields, isRequired: true))
        var options = tlsOptions(fields)
        options.offersHTTP2 = offersHTTP2
        let authorities = clientAuthorities(fields, &options)
        // The order of preference has been the library's own business for years, elsewhere too.
        _ = flag(fields["prefer_server_cipher_suites"], default: true)
        let chain = certificates.flatMap { self.certificates($0) }
        if let chain, let place = certificates?.place, chain.validUntil < now.seconds {
            warn(place, "the certificate is no longer valid, so that clients refuse it")
        }
        let privateKey = key.flatMap { use($0, TLSPrivateKey.init) }
        guard let chain, let key, let privateKey, errors.count == errorsBefore else { return nil }
        do {
            return try ServerTLS(certificates: chain, key: privateKey, authorities: authorities, options: options)
        } catch {
            fail(key.place, error.sentence)
            return nil
        }
    }

    private mutating func certificates(_ pem: PEM) -> TLSCertificates? {
        use(pem, TLSCertificates.init)
    }

    private mutating func use<Material>(
        _ pem: PEM,
        _ make: ([UInt8]) throws(TLSProblem) -> Material
    ) -> Material? {
        do {
            return try make(pem.bytes)
        } catch {
            fail(pem.place, "\(pem.name) cannot be used: \(error.sentence)")
            return nil
        }
    }

    /// What stands under a key, or in the file that stands under the key with `_file` at its end.
    private mutating func pem(_ key: String, in fields: YAMLFields, isRequired: Bool) -> PEM? {
        let fileKey = "\(key)_file"
        if fields.has(key), fields.has(fileKey) {
            fail(fields[fileKey] ?? fields.owner, "there is `\(key)` as well: one of both is enough")
            return nil
        }
        if isRequired, !fields.has(key), !fields.has(fileKey), case .mapping = fields.owner.content {
            fail(fields.owner, "`\(key)` or `\(fileKey)` is missing; without this whole section there is no TLS")
        }
        if let value = fields[key]?.confidential, let text = text(value) {
            return PEM(place: value, bytes: Array(text.utf8), name: "the text")
        }
        return file(fields[fileKey])
    }

    private mutating func file(_ value: YAMLValue?) -> PEM? {
        guard let value, let path = path(value) else { return nil }
        let name = "the file `\(path.withoutControls)`"
        do throws(FileReadProblem) {
            return PEM(place: value, bytes: try surroundings.readFile(path, ConfigurationLoader.fileLimit), name: name)
        } catch {
            fail(value, "\(name) \(error.sentencePart)")
            return nil
        }
    }

    // MARK: Clients

    private mutating func clientAuthorities(
        _ fields: YAMLFields,
        _ options: inout ServerTLS.Options
    ) -> TLSCertificates? {
        let errorsBefore = errors.count
        let authentication = clientAuthentication(fields["client_auth_type"])
        let pem = pem("client_ca", in: fields, isRequired: false)
        options.clientAuthentication = authentication ?? .none
        options.allowedNames = allowedNames(fields["client_allowed_sans"], authentication)
        let authorities = pem.flatMap { self.certificates($0) }
        if let pem, let authorities { use(authorities, pem, authentication) }
        if let authentication, authentication.verifies, pem == nil, errors.count == errorsBefore {
            fail(
                fields["client_auth_type"] ?? fields.owner,
                "`client_ca` or `client_ca_file` is missing: it says whose certificates clients may show"
            )
        }
        return authentication?.verifies == true ? authorities : nil
    }

    private mutating func use(_ authorities: TLSCertificates, _ pem: PEM, _ authentication: ClientAuthentication?) {
        switch authentication {
        case nil: break
        case .some(.none):
            fail(
                pem.place,
                "no client is asked for a certificate; set `client_auth_type`, such as `RequireAndVerifyClientCert`"
            )
        case .request, .requireAny:
            warn(
                pem.place,
                "certificates are compared with it only by `RequireAndVerifyClientCert` and `VerifyClientCertIfGiven`"
            )
        case .verifyIfGiven, .requireAndVerify:
            do {
                try authorities.checkAsAuthorities()
            } catch {
                fail(pem.place, error.sentence)
            }
        }
    }

    /// `nil` where what is written is wrong, so that nothing more is said about it.
    private mutating func clientAuthentication(_ value: YAMLValue?) -> ClientAuthentication? {
        guard let value else { return ClientAuthentication.none }
        // The toolkit's older name.
        if case .text("RequireClientCert") = value.content { return .requireAny }
        return choice(value, of: ClientAuthentication.self, called: "a client_auth_type")
    }

    private mutating func allowedNames(_ value: YAMLValue?, _ authentication: ClientAuthentication?) -> [String] {
        guard let value else { return [] }
        let names = elements(of: value, such: "`[prometheus.example.com]`").compactMap { name($0) }
        if case .list(let list) = value.content, list.isEmpty {
            fail(value, "the list is empty, so that no client could come in; to allow any name, remove the key")
        }
        if let authentication, !authentication.requires {
            fail(value, "this needs `client_auth_type: RequireAndVerifyClientCert`, or clients come in without a name")
        }
        return names
    }
}
