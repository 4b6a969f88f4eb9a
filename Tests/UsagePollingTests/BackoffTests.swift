import Testing
import Usage

@testable import UsagePolling

@Suite("Backoff")
struct BackoffTests {
    @Test(
        "Waits double up to a bound",
        arguments: [
            (.throttled, [30, 60, 120, 240, 240, 240]), (.unavailable, [15, 30, 60, 60, 60, 60]),
            (.timeout, [15, 30, 60, 60, 60, 60]), (.unauthorized, [60, 120, 240, 480, 900, 900]),
            (.rejected, [60, 120, 240, 480, 960, 1920]), (.malformed, [15, 30, 60, 120, 240, 480]),
        ] as [(ReadingFailure.Reason, [Int])]
    )
    func doubles(reason: ReadingFailure.Reason, waits: [Int]) {
        let backoff = Backoff(after: reason, spacing: .seconds(15), stretch: .seconds(30))
        for (index, seconds) in waits.enumerated() {
            #expect(backoff.wait(failures: index + 1, chance: 0, atLeast: nil) == .seconds(seconds))
        }
    }

    @Test("Waits never fall, never end and stay within the bound", arguments: ReadingFailure.Reason.allCases)
    func bounded(reason: ReadingFailure.Reason) {
        for spacing in [Duration.milliseconds(50), .seconds(15), .seconds(600)] {
            let backoff = Backoff(after: reason, spacing: spacing, stretch: spacing * 2)
            let waits = (1...2000).map { backoff.wait(failures: $0, chance: 0, atLeast: nil) }
            #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(waits.allSatisfy { $0 >= min(spacing, .seconds(60)) && $0 <= max(.hours(1), spacing * 2) })
            #expect(backoff.wait(failures: .max, chance: 1, atLeast: nil) <= max(.hours(1), spacing * 2) * 1.25)
            #expect(backoff.wait(failures: 0, chance: 0, atLeast: nil) == waits[0])
        }
    }

    @Test("Chance spreads a wait upwards by up to a quarter", arguments: ReadingFailure.Reason.allCases)
    func chance(reason: ReadingFailure.Reason) {
        let backoff = Backoff(after: reason, spacing: .seconds(16), stretch: .seconds(16))
        let plain = backoff.wait(failures: 3, chance: 0, atLeast: nil)
        #expect(backoff.wait(failures: 3, chance: 0.5, atLeast: nil) == plain * 1.125)
        #expect(backoff.wait(failures: 3, chance: 1, atLeast: nil) == plain * 1.25)
    }

    @Test("What the provider asks for is kept, and what is more anyway too", arguments: ReadingFailure.Reason.allCases)
    func retryAfter(reason: ReadingFailure.Reason) {
        let backoff = Backoff(after: reason, spacing: .seconds(15), stretch: .seconds(30))
        #expect(backoff.wait(failures: 1, chance: 0, atLeast: .seconds(7000)) == .seconds(7000))
        let plain = backoff.wait(failures: 9, chance: 0, atLeast: nil)
        #expect(backoff.wait(failures: 9, chance: 0, atLeast: .seconds(1)) == plain)
    }

    @Test("What a person has to mend waits at least a minute", arguments: [1, 2, 50], [50, 15_000])
    func persons(failures: Int, spacing: Int) {
        for reason in [ReadingFailure.Reason.unauthorized, .rejected] {
            let backoff = Backoff(after: reason, spacing: .milliseconds(spacing), stretch: .milliseconds(spacing))
            #expect(backoff.wait(failures: failures, chance: 0, atLeast: nil) >= .seconds(60))
        }
    }

    @Test("Keys concern the account, requests and answers one app, and a silent endpoint may be either")
    func concerns() {
        let scopes = Dictionary(grouping: ReadingFailure.Reason.allCases) { ReadingFailure($0, "").scope }
        #expect(Set(scopes[.account] ?? []) == [.throttled, .unauthorized])
        #expect(Set(scopes[.app] ?? []) == [.rejected, .malformed])
        #expect(Set(scopes[.unknown] ?? []) == [.unavailable, .timeout])
    }

    @Test("A wait that the provider asks for concerns the account")
    func asked() {
        #expect(ReadingFailure(.unavailable, "", retryAfter: .seconds(9)).scope == .account)
    }
}

extension Backoff {
    /// The wait that fits a failure without a known cause.
    fileprivate init(after reason: ReadingFailure.Reason, spacing: Duration, stretch: Duration) {
        self.init(after: ReadingFailure(reason, "It fails."), spacing: spacing, stretch: stretch)
    }
}
