import Testing
import Usage

@testable import UsageProviders

@Suite("A failure on the way")
struct TransportFailureTests {
    @Test(
        "It becomes one outcome and one sentence",
        arguments: [
            (.timeout(.seconds(30)), .timeout, "No complete answer from https://example.com within 30 s."),
            (
                .unreachable("Connection refused"), .unavailable,
                "https://example.com cannot be reached: Connection refused."
            ),
            (
                .untrusted("it is for another name"), .unavailable,
                "https://example.com cannot be reached: its certificate is not trusted, as it is for another name."
            ),
            (.oversized(limit: 50 * 1_048_576), .malformed, "The answer is larger than 50 MiB, the most that is read."),
            (.garbled("bad data"), .malformed, "The answer cannot be decompressed: bad data."),
        ] as [(TransportFailure, ReadingFailure.Reason, String)]
    )
    func sentence(failure: TransportFailure, reason: ReadingFailure.Reason, text: String) throws {
        let told = ReadingFailure(failure, endpoint: try Endpoint("https://example.com"))
        #expect(told.reason == reason)
        #expect(told.explanation == text)
        #expect(told.retryAfter == nil)
    }

    @Test("One with the proxy names the variable to mend and not what is secret in it")
    func proxy() throws {
        let proxy = try ProxyServer("http://jo:pa55@proxy:3128", variable: "https_proxy")
        let endpoint = try Endpoint("https://example.com")
        let login = ReadingFailure(.proxyLogin(proxy), endpoint: endpoint)
        #expect(login.reason == .unauthorized)
        #expect(login.scope == .account)
        #expect(
            login.explanation
                == "The proxy http://proxy:3128 on the way to https://example.com wants a user name and password, or others."
        )
        let broken = ReadingFailure(.proxy(proxy, "connection refused"), endpoint: endpoint)
        #expect(broken.reason == .unavailable)
        #expect(broken.cause == .noNetwork)
        #expect(
            broken.explanation
                == "https://example.com cannot be reached through the proxy http://proxy:3128: connection refused."
        )
        for failure in [login, broken] {
            #expect(failure.advice?.contains("https_proxy") == true)
            #expect(failure.advice?.contains("NO_PROXY") == true)
            var text = "\(failure) \(TransportFailure.proxyLogin(proxy))"
            dump(TransportFailure.proxy(proxy, ""), to: &text)
            #expect(!text.contains("pa55") && !text.contains("jo:"))
        }
    }
}
