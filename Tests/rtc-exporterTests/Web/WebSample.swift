import TestSupport
import Usage

@testable import rtc_exporter

/// A web configuration with everything made up but its certificates.
enum WebSample {
    /// `U*U`, as crypt_blowfish publishes it.
    static let hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"

    /// `server` and `client`, which `authority` issued; `other`, which nobody did; `middle`, an authority between.
    private static let made: Result<CertificateFolder, any Error> = Result {
        let folder = try CertificateFolder()
        try folder.makeAuthority("authority")
        try folder.makeAuthority("middle", issuedBy: "authority")
        try folder.make("server", issuedBy: "authority")
        try folder.make("other")
        return folder
    }

    private static let names = [
        "authority.pem", "middle.pem", "server.pem", "server.key", "other.pem", "other.key",
    ]

    /// The files in `/etc/rtc`.
    static func files() throws -> [String: [UInt8]] {
        let folder = try made.get()
        return try Dictionary(uniqueKeysWithValues: names.map { ("/etc/rtc/\($0)", try folder.bytes($0)) })
    }

    /// A file's text, further in by some spaces, to stand in YAML.
    static func text(_ name: String, indent: Int) throws -> String {
        let text = String(decoding: try made.get().bytes(name), as: UTF8.self)
        return text.split(separator: "\n").map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
    }

    static func load(
        _ text: String,
        now: UnixTime = SystemClock.now()
    ) throws -> WebConfiguration {
        let files = try files().merging(["/etc/rtc/web.yml": Array(text.utf8)]) { $1 }
        let loader = WebConfigurationLoader(surroundings: .sample(files: files), now: { now })
        return try loader.load("/etc/rtc/web.yml")
    }

    /// What is wrong with a text, without the file's path.
    static func mistakes(_ text: String) throws -> [String] {
        do {
            _ = try load(text)
            return []
        } catch let errors as ConfigurationErrors {
            return errors.messages.map { String($0.description.dropFirst("/etc/rtc/web.yml:".count)) }
        }
    }
}
