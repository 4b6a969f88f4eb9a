import Testing

@testable import UsageProviders

@Suite("An endpoint")
struct EndpointTests {
    @Test(
        "It is a scheme, a host and perhaps a port",
        arguments: [
            ("https://trtc.tencentcloudapi.com", "trtc.tencentcloudapi.com", nil, "trtc.tencentcloudapi.com"),
            ("HTTPS://TRTC.TencentCloudAPI.com", "trtc.tencentcloudapi.com", nil, "trtc.tencentcloudapi.com"),
            ("https://example.com:443", "example.com", 443, "example.com"),
            ("http://example.com:80", "example.com", 80, "example.com"),
            ("http://example.com:443", "example.com", 443, "example.com:443"),
            ("https://example.com:80", "example.com", 80, "example.com:80"),
            ("http://localhost:1", "localhost", 1, "localhost:1"),
            ("http://localhost:65535", "localhost", 65_535, "localhost:65535"),
            ("http://127.0.0.1:8080", "127.0.0.1", 8080, "127.0.0.1:8080"),
            ("http://[::1]:8080", "::1", 8080, "[::1]:8080"),
            ("https://[2001:DB8::1]", "2001:db8::1", nil, "[2001:db8::1]"),
            ("http://demo_simulator:9000", "demo_simulator", 9000, "demo_simulator:9000"),
            ("https://xn--bcher-kva.example", "xn--bcher-kva.example", nil, "xn--bcher-kva.example"),
        ] as [(String, String, Int?, String)]
    )
    func read(text: String, host: String, port: Int?, authority: String) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.authority == authority)
        #expect("\(endpoint)" == "\(endpoint.scheme)://\(authority)")
        #expect(try Endpoint("\(endpoint)").authority == authority)
    }

    @Test(
        "Anything else is refused, for a reason",
        arguments: [
            ("", .scheme), ("example.com", .scheme), ("//example.com", .scheme), ("ftp://example.com", .scheme),
            ("https:example.com", .scheme), (" https://example.com", .scheme), ("https//example.com", .scheme),
            ("https://user@example.com", .userInfo), ("https://user:pass@example.com", .userInfo),
            ("https://example.com/", .path), ("https://example.com/v1", .path), ("https://example.com?x", .path),
            ("https://example.com#x", .path), ("https://example.com\\x", .path),
            ("https://", .host), ("https://:443", .host), ("https://exa mple.com", .host),
            ("https://example..com", .host),
            ("https://.example.com", .host), ("https://-example.com", .host), ("https://example-.com", .host),
            ("https://bücher.example", .host), ("https://1.2.3", .host), ("https://256.1.1.1", .host),
            ("https://[::1", .host), ("https://[]", .host), ("https://[1.2.3.4]", .host), ("https://::1", .host),
            ("https://example.com\n", .host), ("https://example.com\u{0}", .host),
            ("https://127.0.0.1\u{0}.5", .host), ("https://[::1\u{0}]", .host),
            ("https://\(String(repeating: "a", count: 64)).com", .host),
            ("https://\(String(repeating: "a.", count: 130))com", .host),
            ("https://example.com:", .port), ("https://example.com:0", .port), ("https://example.com:65536", .port),
            ("https://example.com:-1", .port), ("https://example.com:+1", .port), ("https://example.com:80x", .port),
            ("https://example.com:8 0", .port), ("https://example.com:123456", .port), ("https://example.com:１", .port),
            ("https://[::1]x", .port), ("https://example.com:80:80", .port),
        ] as [(String, Endpoint.Problem)]
    )
    func refused(text: String, problem: Endpoint.Problem) {
        #expect(throws: problem) { try Endpoint(text) }
    }

    @Test("What is wrong is said without the text, which may hold a password")
    func sentences() {
        for problem in [Endpoint.Problem.scheme, .userInfo, .path, .host, .port] {
            #expect(problem.sentence.contains("scheme://host"))
        }
    }

    @Test(
        "Only this machine is a loopback",
        arguments: [
            ("http://localhost", true), ("http://a.localhost:1", true), ("http://127.0.0.1", true),
            ("http://127.255.0.9:8080", true), ("http://[::1]", true), ("http://localhost.example.com", false),
            ("http://127.0.0.1.example.com", false), ("http://notlocalhost", false), ("http://128.0.0.1", false),
            ("http://[::2]", false), ("http://[0:0::1]", true), ("http://[::ffff:127.0.0.2]", true),
            ("http://[::ffff:10.0.0.2]", false), ("http://[::127.0.0.1]", false), ("http://0.0.0.0", false),
            ("https://trtc.tencentcloudapi.com", false),
        ]
    )
    func loopback(text: String, expected: Bool) throws {
        #expect(try Endpoint(text).isLoopback == expected)
    }
}
