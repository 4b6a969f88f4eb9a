import Foundation
import NIOHTTP1
import Synchronization
import Testing
import TestSupport

@testable import ExporterHTTP

@Suite("The web configuration in force")
struct ConfiguredWebProtectionTests {
    /// A clock that a test turns.
    private final class Clock: Sendable {
        private let time = Mutex(Duration.zero)

        var uptime: Duration { time.withLock { $0 } }

        func turn(by duration: Duration) { time.withLock { $0 += duration } }
    }

    private static let right = BcryptHash("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")
    private static let users = right.map { ["alice": $0] } ?? [:]

    private func request(_ credentials: String? = nil) -> HTTPRequestHead {
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/metrics")
        if let credentials {
            head.headers.add(name: "Authorization", value: "Basic \(Data(credentials.utf8).base64EncodedString())")
        }
        return head
    }

    @Test("Without users and limit everybody comes in, with whatever headers")
    func open() async {
        let protection = ConfiguredWebProtection(WebProtectionSettings(), uptime: { .zero })
        for credentials in [nil, "alice:secret", "nonsense"] {
            #expect(await protection.admit(request(credentials)) == .admitted)
        }
        #expect(protection.makeTLSHandler() == nil)
        #expect(!protection.offersHTTP2)
        #expect(protection.headers.isEmpty)
    }

    @Test("With users only the right password comes in")
    func users() async {
        let protection = ConfiguredWebProtection(WebProtectionSettings(users: Self.users), uptime: { .zero })
        #expect(await protection.admit(request("alice:U*U")) == .admitted)
        for credentials in [nil, "alice:U*U*", "alice:", "bob:U*U", ":U*U", "alice", "ALICE:U*U"] {
            #expect(await protection.admit(request(credentials)) == .unauthenticated)
        }
    }

    @Test("The limit comes before the password, and counts everybody")
    func limit() async {
        let clock = Clock()
        let settings = WebProtectionSettings(users: Self.users, rateLimit: RateLimit(interval: .seconds(1), burst: 2))
        let protection = ConfiguredWebProtection(settings, uptime: { clock.uptime })
        #expect(await protection.admit(request()) == .unauthenticated)
        #expect(await protection.admit(request("alice:U*U")) == .admitted)
        #expect(await protection.admit(request("alice:U*U")) == .tooMany)
        clock.turn(by: .seconds(1))
        #expect(await protection.admit(request("alice:U*U")) == .admitted)
    }

    @Test("Newer settings count for the next request, and tokens that were used up stay used up")
    func replaced() async throws {
        let limit = RateLimit(interval: .seconds(1), burst: 1)
        let protection = ConfiguredWebProtection(WebProtectionSettings(rateLimit: limit), uptime: { .zero })
        #expect(await protection.admit(request()) == .admitted)
        try protection.replace(by: WebProtectionSettings(headers: [("X-Frame-Options", "deny")], rateLimit: limit))
        #expect(await protection.admit(request()) == .tooMany)
        #expect(protection.headers.map(\.name) == ["X-Frame-Options"])
        try protection.replace(by: WebProtectionSettings(users: Self.users))
        #expect(await protection.admit(request()) == .unauthenticated)
        #expect(await protection.admit(request("alice:U*U")) == .admitted)
    }

    @Test("TLS and HTTP/2 cannot be switched while the exporter runs, and all stays as it was then")
    func restart() throws {
        let folder = try CertificateFolder()
        try folder.make("server")
        let plain = WebProtectionSettings()
        let both = WebProtectionSettings(tls: try folder.tls())
        let only1 = WebProtectionSettings(tls: try folder.tls { $0.offersHTTP2 = false })
        for (old, new, reason) in [
            (plain, both, "TLS was switched on"), (both, plain, "TLS was switched off"),
            (both, only1, "HTTP/2 was switched off"), (only1, both, "HTTP/2 was switched on"),
        ] {
            let protection = ConfiguredWebProtection(old, uptime: { .zero })
            var changed = new
            changed.headers = [("X-Frame-Options", "deny")]
            #expect(throws: ConfiguredWebProtection.RestartNeeded(reason: reason)) {
                try protection.replace(by: changed)
            }
            #expect(protection.headers.isEmpty)
            #expect((protection.makeTLSHandler() == nil) == (old.tls == nil))
            #expect(protection.offersHTTP2 == old.offersHTTP2)
        }
    }
}
