import Testing
import TestSupport

@testable import ExporterHTTP

@Suite("The rate limit")
struct TokenBucketTests {
    private func taken(_ bucket: inout TokenBucket, at milliseconds: Int, times: Int = 1) -> Int {
        (0..<times).count { _ in bucket.take(at: .milliseconds(milliseconds)) }
    }

    @Test("A burst comes in at once, and then one request per interval")
    func burst() {
        var bucket = TokenBucket(RateLimit(interval: .seconds(1), burst: 3))
        #expect(taken(&bucket, at: 500, times: 10) == 3)
        #expect(taken(&bucket, at: 1_499, times: 10) == 0)
        #expect(taken(&bucket, at: 1_500, times: 10) == 1)
        #expect(taken(&bucket, at: 4_499, times: 10) == 2)
        #expect(taken(&bucket, at: 4_500, times: 10) == 1)
    }

    @Test("A pause saves up no more than the burst")
    func pause() {
        var bucket = TokenBucket(RateLimit(interval: .milliseconds(100), burst: 2))
        #expect(taken(&bucket, at: 0, times: 5) == 2)
        #expect(taken(&bucket, at: 3_600_000, times: 5) == 2)
    }

    @Test("Requests that are refused use nothing up")
    func refused() {
        var bucket = TokenBucket(RateLimit(interval: .seconds(1), burst: 1))
        #expect(taken(&bucket, at: 0) == 1)
        for moment in stride(from: 10, to: 1_000, by: 10) { #expect(taken(&bucket, at: moment) == 0) }
        #expect(taken(&bucket, at: 1_000) == 1)
    }

    @Test("It is the bucket that counts tokens, whatever comes when", arguments: 1...5)
    func model(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let (interval, burst) = (Int.random(in: 1...50, using: &random), Int.random(in: 1...6, using: &random))
        var bucket = TokenBucket(RateLimit(interval: .milliseconds(interval), burst: burst))
        // Tokens in parts of one interval, so that the model is exact too.
        var (parts, last) = (burst * interval, 0)
        for _ in 0..<2_000 {
            let now = last + Int.random(in: 0...(2 * interval), using: &random)
            parts = min(burst * interval, parts + now - last)
            last = now
            let isExpected = parts >= interval
            if isExpected { parts -= interval }
            #expect(bucket.take(at: .milliseconds(now)) == isExpected)
        }
    }
}
