import ExporterHTTP

/// Versions, cipher suites and curves of the section `tls_server_config`.
extension ConfigurationReader {
    mutating func tlsOptions(_ fields: YAMLFields) -> ServerTLS.Options {
        var options = ServerTLS.Options()
        let (oldest, newest) = (fields["min_version"], fields["max_version"])
        let minimum = choice(oldest, of: TLSProtocolVersion.self, called: "a version of TLS")
        let maximum = choice(newest, of: TLSProtocolVersion.self, called: "a version of TLS")
        options.minimumVersion = minimum ?? options.minimumVersion
        options.maximumVersion = maximum ?? options.maximumVersion
        if let place = newest ?? oldest, options.minimumVersion > options.maximumVersion {
            fail(
                place,
                "`min_version` (\(options.minimumVersion.rawValue)) is newer than `max_version` "
                    + "(\(options.maximumVersion.rawValue))"
            )
        }
        cipherSuites(fields["cipher_suites"], &options)
        options.curves = curves(fields["curve_preferences"])
        return options
    }

    private mutating func cipherSuites(_ value: YAMLValue?, _ options: inout ServerTLS.Options) {
        guard let value else { return }
        var chosen: [TLSCipherSuite] = []
        let elements = elements(of: value, such: "`[\(TLSCipherSuite.choosable[0].name)]`")
        let errorsBefore = errors.count
        for element in elements {
            if let suite = cipherSuite(element), !chosen.contains(suite) { chosen.append(suite) }
        }
        guard errors.count == errorsBefore, !elements.isEmpty else { return }
        guard chosen.isEmpty else {
            options.cipherSuites = chosen
            return
        }
        // Only suites of TLS 1.3: older versions are left without any.
        if options.maximumVersion < .tls13 {
            fail(
                value,
                "none of these is for \(options.maximumVersion.rawValue) or older, so that nobody could connect"
            )
        }
        options.minimumVersion = .tls13
    }

    /// `nil` where the name is one of TLS 1.3, whose suites are always in use, or wrong.
    private mutating func cipherSuite(_ value: YAMLValue) -> TLSCipherSuite? {
        guard let name = text(value) else { return nil }
        if let suite = TLSCipherSuite.choosable.first(where: { $0.name == name }) { return suite }
        guard !TLSCipherSuite.ofTLS13.contains(where: { $0.name == name }) else { return nil }
        if let suite = TLSCipherSuite.insecure.first(where: { $0.name == name }) {
            fail(value, "`\(suite.name)` is not supported: it is insecure")
        } else {
            let known = TLSCipherSuite.choosable + TLSCipherSuite.ofTLS13
            let hint = Spelling.nearest(to: name, among: known.map(\.name)).map { "did you mean `\($0)`?" }
            fail(value, "this is not a cipher suite; \(hint ?? "known are Go's names, such as `\(known[0].name)`")")
        }
        return nil
    }

    private mutating func curves(_ value: YAMLValue?) -> [TLSCurve]? {
        guard let value else { return nil }
        var chosen: [TLSCurve] = []
        for element in elements(of: value, such: "`[X25519, CurveP256]`") {
            let curve = choice(element, of: TLSCurve.self, called: "a curve")
            if let curve, !chosen.contains(curve) { chosen.append(curve) }
        }
        return chosen.isEmpty ? nil : chosen
    }
}
