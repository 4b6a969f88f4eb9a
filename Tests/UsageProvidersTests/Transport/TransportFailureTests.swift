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
}
