import Testing

@testable import UsageProviders

@Suite("The proxies of the environment")
struct ProxySettingsTests {
    private static let endpoint = "https://trtc.tencentcloudapi.com"

    @Test(
        "A proxy is a host and perhaps a port, a user name and a password",
        arguments: [
            ("http://proxy:3128", "proxy", 3128, nil), ("http://proxy:3128/", "proxy", 3128, nil),
            ("HTTP://Proxy.Example", "proxy.example", 80, nil), ("proxy:8080", "proxy", 8080, nil),
            ("proxy", "proxy", 80, nil), ("http://10.0.0.1:1", "10.0.0.1", 1, nil), ("http://[::1]:1", "::1", 1, nil),
            ("http://jo:pa55@proxy:1", "proxy", 1, "jo:pa55"), ("http://jo@proxy:1", "proxy", 1, "jo:"),
            ("http://jo:@proxy:1", "proxy", 1, "jo:"), ("jo:pa55@proxy:1", "proxy", 1, "jo:pa55"),
            ("http://jo%40corp:p%3Aa%2Fs%25@proxy:1", "proxy", 1, "jo@corp:p:a/s%"),
            ("http://jo:a:b@proxy:1", "proxy", 1, "jo:a:b"), ("http://jo:a@b@proxy:1", "proxy", 1, "jo:a@b"),
            ("http://j%C3%B6:p@proxy:1", "proxy", 1, "jö:p"),
        ] as [(String, String, Int, String?)]
    )
    func server(text: String, host: String, port: Int, login: String?) throws {
        let proxy = try ProxyServer(text, variable: "HTTPS_PROXY")
        #expect(proxy.host == host)
        #expect(proxy.port == port)
        #expect(proxy.login?.reveal() == login)
        #expect(proxy.variable == "HTTPS_PROXY")
        #expect("\(proxy)" == (host == "::1" ? "http://[::1]:1" : "http://\(host):\(port)"))
    }

    @Test(
        "Anything else is refused, for a reason",
        arguments: [
            ("https://proxy:3128", .scheme), ("socks5://proxy:1080", .scheme), ("socks5h://proxy:1080", .scheme),
            ("ftp://proxy", .scheme), ("://proxy", .scheme), ("http://@proxy:1", .userInfo),
            ("http://:pa55@proxy:1", .userInfo), ("http://jo:pa%5@proxy:1", .userInfo),
            ("http://jo:pa%ff@proxy:1", .userInfo), ("http://proxy:1/path", .path), ("http://proxy:1?x", .path),
            ("http://proxy:1#x", .path), ("http://proxy:1//", .path), ("http://", .host), ("http://jo:pa55@", .host),
            ("http://:1", .host), ("http://pro xy:1", .host), ("http://proxy:1\n", .port), ("http://proxy:0", .port),
            ("http://proxy:65536", .port), ("http://proxy:x", .port), ("http://proxy:", .port),
        ] as [(String, ProxyServer.Problem.Kind)]
    )
    func refused(text: String, kind: ProxyServer.Problem.Kind) {
        #expect(throws: ProxyServer.Problem(variable: "http_proxy", kind: kind)) {
            try ProxyServer(text, variable: "http_proxy")
        }
    }

    @Test("What is wrong is said with the variable and without its value, which may hold a password")
    func sentences() {
        for text in [
            "https://jo:pa55@p", "http://jo:pa55%@p", "http://jo:pa55/@p", "http://jo:pa55@", "http://jo:pa55@p:x",
        ] {
            do throws(ProxyServer.Problem) {
                _ = try ProxySettings { $0 == "HTTPS_PROXY" ? text : nil }
                Issue.record("there is no problem with \(text)")
            } catch {
                #expect(error.sentence.hasPrefix("HTTPS_PROXY: "))
                #expect(error.sentence.contains("http://host:port"))
                #expect(!error.sentence.contains("pa55"))
                #expect(!"\(error)".contains("pa55"))
            }
        }
        #expect(ProxyServer.Problem(variable: "X", kind: .scheme).sentence.contains("socks5://"))
    }

    @Test("A password is seen nowhere")
    func secrecy() throws {
        let settings = try settings(["HTTPS_PROXY": "http://jo:pa55@proxy:1"])
        let proxy = try #require(settings.proxy(for: try Endpoint(Self.endpoint)))
        var text = "\(proxy) \(settings) \(String(reflecting: proxy))"
        dump(proxy, to: &text)
        dump(settings, to: &text)
        #expect(!text.contains("pa55"))
        #expect(text.contains("<secret>"))
    }

    @Test(
        "The endpoint's scheme and the spelling of the variable decide",
        arguments: [
            (["HTTPS_PROXY": "a"], "a", nil), (["https_proxy": "a"], "a", nil), (["HTTP_PROXY": "a"], nil, "a"),
            (["http_proxy": "a"], nil, "a"), (["HTTPS_PROXY": "a", "http_proxy": "b"], "a", "b"),
            (["HTTPS_PROXY": "a", "https_proxy": "b"], "a", nil), (["HTTPS_PROXY": "", "https_proxy": "b"], "b", nil),
            (["HTTPS_PROXY": " ", "https_proxy": " b\n"], "b", nil), (["HTTPS_PROXY": ""], nil, nil), ([:], nil, nil),
            (["ALL_PROXY": "a", "Https_Proxy": "a"], nil, nil),
        ] as [([String: String], String?, String?)]
    )
    func variables(environment: [String: String], https: String?, http: String?) throws {
        let settings = try settings(environment)
        #expect(settings.proxy(for: try Endpoint("https://example.com"))?.host == https)
        #expect(settings.proxy(for: try Endpoint("http://example.com"))?.host == http)
    }

    @Test("The variable that counted is the one that is named")
    func variable() throws {
        let settings = try settings(["HTTPS_PROXY": "", "https_proxy": "b"])
        #expect(settings.proxy(for: try Endpoint(Self.endpoint))?.variable == "https_proxy")
    }

    @Test(
        "This machine is never reached through a proxy",
        arguments: ["localhost", "a.localhost", "127.0.0.1:1", "127.8.8.8", "[::1]:8443", "[::ffff:127.0.0.1]"]
    )
    func loopback(host: String) throws {
        let settings = try settings(["HTTPS_PROXY": "proxy", "HTTP_PROXY": "proxy"])
        #expect(settings.proxy(for: try Endpoint("https://\(host)")) == nil)
        #expect(settings.proxy(for: try Endpoint("http://\(host)")) == nil)
        #expect(ProxySettings.none.proxy(for: try Endpoint(Self.endpoint)) == nil)
    }

    @Test(
        "What NO_PROXY names is dialled directly",
        arguments: [
            ("*", "https://example.com", true), ("a, *", "https://example.com", true),
            ("", "https://example.com", false),
            (",, ,", "https://example.com", false), ("example.com", "https://example.com", true),
            ("EXAMPLE.com", "https://Example.COM", true), ("example.com", "https://api.example.com", true),
            ("example.com", "https://badexample.com", false), ("example.com", "https://example.com.cn", false),
            (".example.com", "https://api.example.com", true), (".example.com", "https://example.com", true),
            (".example.com", "https://badexample.com", false), ("*.example.com", "https://a.b.example.com", true),
            ("example.com.", "https://example.com", true), ("com", "https://example.com", true),
            ("a.b,example.com", "https://example.com", true), ("a.b example.com", "https://example.com", true),
            ("exa*.com", "https://example.com", false), (".", "https://example.com", false),
            ("example.com:443", "https://example.com", true), ("example.com:443", "https://example.com:8443", false),
            ("example.com:8443", "https://example.com:8443", true), ("example.com:80", "http://example.com", true),
            ("example.com:80", "https://example.com", false), ("example.com:x", "https://example.com", false),
            (".example.com:443", "https://api.example.com", true),
            ("10.1.2.3", "https://10.1.2.3", true), ("10.1.2.3", "https://10.1.2.4", false),
            ("10.1.2.3:443", "https://10.1.2.3", true), ("10.1.2.3:80", "https://10.1.2.3", false),
            ("2.3", "https://10.1.2.3", false), ("10.0.0.0/8", "https://10.1.2.3", true),
            ("10.0.0.0/8", "https://11.1.2.3", false), ("10.1.2.128/25", "https://10.1.2.129", true),
            ("10.1.2.128/25", "https://10.1.2.127", false), ("10.1.2.3/32", "https://10.1.2.3", true),
            ("10.1.2.3/32", "https://10.1.2.2", false), ("0.0.0.0/0", "https://10.1.2.3", true),
            ("0.0.0.0/0", "https://[2001:db8::1]", false), ("::/0", "https://[2001:db8::1]", true),
            ("0.0.0.0/0", "https://example.com", false), ("10.0.0.0/33", "https://10.1.2.3", false),
            ("10.0.0.0/-1", "https://10.1.2.3", false), ("10.0.0.0/", "https://10.1.2.3", false),
            ("2001:db8::1", "https://[2001:DB8:0::1]", true), ("[2001:db8::1]", "https://[2001:db8::1]", true),
            ("[2001:db8::1]:443", "https://[2001:db8::1]", true), ("[2001:db8::1]:80", "https://[2001:db8::1]", false),
            ("2001:db8::/32", "https://[2001:db8:1::1]", true), ("2001:db8::/32", "https://[2001:db9::1]", false),
            ("::ffff:10.1.2.3", "https://10.1.2.3", true), ("10.0.0.0/8", "https://[::ffff:10.1.2.3]", true),
        ]
    )
    func exceptions(list: String, endpoint: String, isDirect: Bool) throws {
        for name in ["NO_PROXY", "no_proxy"] {
            let settings = try settings(["HTTPS_PROXY": "proxy", "HTTP_PROXY": "proxy", name: list])
            #expect((settings.proxy(for: try Endpoint(endpoint)) == nil) == isDirect)
        }
    }

    private func settings(_ environment: [String: String]) throws -> ProxySettings {
        try ProxySettings { environment[$0] }
    }
}
