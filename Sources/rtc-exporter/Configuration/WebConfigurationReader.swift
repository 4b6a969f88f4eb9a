import ExporterHTTP
import Usage
import Yams

/// The web configuration file as a whole, and what is not TLS.
extension ConfigurationReader {
    /// Above it, checking one password takes seconds.
    private static let usualCost = 14

    /// Reads the whole file.
    mutating func webConfiguration(_ root: Node, now: UnixTime) throws(ConfigurationErrors) -> WebConfiguration {
        let root = YAMLValue(root, key: "")
        guard let root = usable(root, at: root) else { throw ConfigurationErrors(errors) }
        let fields = fields(
            of: root,
            known: ["tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"]
        )
        let http = fields["http_server_config"].map { self.fields(of: $0, known: ["http2", "headers"]) }
        let offersHTTP2 = flag(http?["http2"], default: true)
        let settings = WebProtectionSettings(
            tls: serverTLS(fields["tls_server_config"], offersHTTP2: offersHTTP2, now: now),
            headers: headers(http?["headers"]),
            users: users(fields["basic_auth_users"]?.confidential),
            rateLimit: rateLimit(fields["rate_limit"])
        )
        guard errors.isEmpty else { throw ConfigurationErrors(errors) }
        return WebConfiguration(settings: settings, warnings: warnings.sorted())
    }

    private mutating func headers(_ value: YAMLValue?) -> [(name: String, value: String)] {
        guard let value else { return [] }
        let fields = fields(of: value, known: ResponseHeader.all.map(\.name))
        return ResponseHeader.all.compactMap { header in
            fields[header.name].flatMap { self.header(header, $0) }.map { (name: header.name, value: $0) }
        }
    }

    private mutating func header(_ header: ResponseHeader, _ value: YAMLValue) -> String? {
        // A blank one is not sent, as elsewhere.
        if header.values.isEmpty, case .text("") = value.content { return nil }
        guard let text = text(value) else { return nil }
        guard header.values.isEmpty || header.values.contains(text) else {
            let known = header.values.map { "`\($0)`" }.joined(separator: " or ")
            fail(value, "\(text.shown) is not a value of this header; expected \(known)")
            return nil
        }
        guard text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }), text.first != " ", text.last != " " else {
            fail(value, "a header has only ASCII characters, no line breaks, and no space at its ends")
            return nil
        }
        return text
    }

    private mutating func users(_ value: YAMLValue?) -> [String: BcryptHash] {
        guard let value else { return [:] }
        let fields = fields(of: value, known: nil)
        var users: [String: BcryptHash] = [:]
        for name in fields.names {
            guard let field = fields[name], let hash = text(field) else { continue }
            if name.contains(":") || name.hasControls {
                fail(field, "the name of a user has no colon and no control characters")
            }
            users[name] = bcryptHash(hash, field)
        }
        return users
    }

    private mutating func bcryptHash(_ text: String, _ value: YAMLValue) -> BcryptHash? {
        guard let hash = BcryptHash(text) else {
            fail(
                value,
                "this is not a bcrypt hash: expected 60 characters that begin with `$2a$`, `$2b$` or `$2y$` and a cost from 04 "
                    + "to 31; `rtc-exporter hash-password` makes one"
            )
            return nil
        }
        if hash.cost > Self.usualCost {
            warn(value, "with cost \(hash.cost), checking a password takes many seconds; 10 to 13 are usual")
        }
        return hash
    }

    private mutating func rateLimit(_ value: YAMLValue?) -> RateLimit? {
        guard let value else { return nil }
        let fields = fields(of: value, known: ["interval", "burst"])
        let interval = duration(required("interval", in: fields), default: .zero, in: .zero ... .days(1))
        let burst = wholeNumber(fields["burst"], default: 1, in: 1...1_000_000)
        guard interval > .zero else { return nil }
        _ = required("burst", in: fields)
        return RateLimit(interval: interval, burst: burst)
    }
}
