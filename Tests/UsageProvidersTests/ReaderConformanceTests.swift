import Testing
import Usage

@testable import UsageProviders

/// What ``UsageReader`` asks of each source, whoever the provider is.
@Suite("Every reader")
struct ReaderConformanceTests {
    private static let now = UnixTime(seconds: 1_700_000_000)

    @Test("It describes a source that can be planned for", arguments: try ReaderUnderTest.all())
    func source(_ subject: ReaderUnderTest) throws {
        let source = try subject.reader(CannedTransport("")).source
        #expect(!source.name.isEmpty)
        #expect(!source.tiers.isEmpty)
        #expect(Set(source.tiers).count == source.tiers.count)
        #expect(source.reach > 0)
        #expect(source.span > 0)
        #expect((1...source.span).contains(source.leastSpan))
        #expect(source.spacing > .zero)
        #expect(source.settledAfter >= .zero)
        #expect(source.lag >= .zero)
    }

    @Test("An answer becomes a reading of what was asked, when it was asked", arguments: try ReaderUnderTest.all())
    func reading(_ subject: ReaderUnderTest) async throws {
        let transport = CannedTransport(subject.answer)
        let reader = try subject.reader(transport)
        let reading = try await reader.read(app: subject.app, window: subject.window, now: Self.now).result.get()
        #expect(reading.app == AppKey(provider: reader.source.provider, app: subject.app))
        #expect(reading.window == subject.window)
        #expect(reading.askedAt == Self.now)
        #expect(reading.days == subject.days)
        #expect(reading.anomalies.isEmpty)
        #expect(transport.requests.count == 1)
        for tier in Tier.allCases where reading.total[tier] > 0 { #expect(reader.source.tiers.contains(tier)) }
    }

    @Test("An answer without usage is a reading without rooms", arguments: try ReaderUnderTest.all())
    func empty(_ subject: ReaderUnderTest) async throws {
        for answer in subject.emptyAnswers {
            let reading = try await result(of: subject, CannedTransport(answer)).get()
            #expect(reading.rooms.isEmpty)
            #expect(reading.total.isZero)
            #expect(reading.anomalies.isEmpty)
        }
    }

    @Test("Part of an answer is no reading", arguments: try ReaderUnderTest.all())
    func truncated(_ subject: ReaderUnderTest) async throws {
        for length in 0..<subject.answer.utf8.count {
            let response = ProviderResponse(status: 200, body: Array(subject.answer.utf8.prefix(length)))
            let result = try await result(of: subject, CannedTransport(.success(response)))
            #expect(result.failure?.reason == .malformed, "after \(length) bytes")
        }
    }

    @Test("A refusal in the provider's words has its outcome", arguments: try ReaderUnderTest.all())
    func refusals(_ subject: ReaderUnderTest) async throws {
        let refusals = [
            subject.unknownApp, subject.throttled, subject.outOfOrder, try subject.unauthorized("no"),
        ]
        for refusal in refusals {
            let transport = CannedTransport(.success(refusal.response))
            let failure = try await result(of: subject, transport).failure
            #expect(failure?.reason == refusal.reason)
            #expect(failure?.explanation.isEmpty == false)
            #expect(transport.requests.count == 1, "a reader does not retry")
        }
        for refusal in [subject.unknownApp, try subject.unauthorized("no")] {
            let failure = try await result(of: subject, CannedTransport(.success(refusal.response))).failure
            #expect(failure?.advice != nil)
        }
    }

    @Test("A broken way to the provider has its outcome", arguments: try ReaderUnderTest.all())
    func transportFailures(_ subject: ReaderUnderTest) async throws {
        let failures: [(TransportFailure, ReadingFailure.Reason)] = [
            (.timeout(.seconds(30)), .timeout), (.unreachable("connection refused"), .unavailable),
            (.oversized(limit: HTTPTransport.largestAnswer), .malformed), (.garbled("bad data"), .malformed),
        ]
        for (failure, reason) in failures {
            let transport = CannedTransport(.failure(failure))
            let told = try await result(of: subject, transport).failure
            #expect(told?.reason == reason)
            #expect(told?.explanation.hasSuffix(".") == true)
            #expect(transport.requests.count == 1, "a reader does not retry")
        }
    }

    @Test("A gateway's status without a result has its outcome", arguments: try ReaderUnderTest.all())
    func statuses(_ subject: ReaderUnderTest) async throws {
        let statuses: [(Int, ReadingFailure.Reason)] = [
            (302, .rejected), (401, .unauthorized), (403, .unauthorized), (404, .rejected), (429, .throttled),
            (500, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable),
        ]
        for (status, reason) in statuses {
            let transport = CannedTransport(status: status, retryAfter: "7", "<html></html>")
            let failure = try await result(of: subject, transport).failure
            #expect(failure?.reason == reason)
            if status == 429 || status >= 500 { #expect(failure?.retryAfter == .seconds(7)) }
        }
    }

    @Test("The provider's clock is told with the answer, good or bad", arguments: try ReaderUnderTest.all())
    func clock(_ subject: ReaderUnderTest) async throws {
        let date = "Tue, 14 Nov 2023 22:13:25 GMT"
        for (status, body) in [(200, subject.answer), (500, "")] {
            let reader = try subject.reader(CannedTransport(status: status, date: date, body))
            let answer = await reader.read(app: subject.app, window: subject.window, now: Self.now)
            #expect(answer.providerTime == Self.now + .seconds(5))
        }
        for date in [nil, "yesterday"] {
            let reader = try subject.reader(CannedTransport(date: date, subject.answer))
            let answer = await reader.read(app: subject.app, window: subject.window, now: Self.now)
            #expect(answer.providerTime == nil)
        }
    }

    @Test("No secret gets into a failure, though the server repeats it", arguments: try ReaderUnderTest.all())
    func secrecy(_ subject: ReaderUnderTest) async throws {
        let echo = subject.secrets.joined(separator: " and ")
        let answers: [Result<ProviderResponse, TransportFailure>] = [
            .success(try subject.unauthorized(echo).response), .failure(.unreachable(echo)), .failure(.garbled(echo)),
            .success(ProviderResponse(status: 200, body: Array(echo.utf8))),
            .success(ProviderResponse(status: 500, retryAfter: echo, body: Array(echo.utf8))),
        ]
        for answer in answers {
            let failure = try #require(try await result(of: subject, CannedTransport(answer)).failure)
            var text = "\(failure)"
            dump(failure, to: &text)
            for secret in subject.secrets { #expect(!text.contains(secret)) }
        }
    }

    @Test("What is sent over the network holds the app and not the secret key", arguments: try ReaderUnderTest.all())
    func request(_ subject: ReaderUnderTest) async throws {
        let transport = CannedTransport(subject.answer)
        _ = try await result(of: subject, transport)
        let request = try #require(transport.requests.first)
        #expect((request.url + request.text).contains(subject.app))
        #expect(request.values(of: "Host").count == 1)
        #expect(!subject.secrets.contains { request.url.contains($0) || request.text.contains($0) })
    }

    private func result(
        of subject: ReaderUnderTest,
        _ transport: CannedTransport
    ) async throws -> Result<Reading, ReadingFailure> {
        try await subject.reader(transport).read(app: subject.app, window: subject.window, now: Self.now).result
    }
}
