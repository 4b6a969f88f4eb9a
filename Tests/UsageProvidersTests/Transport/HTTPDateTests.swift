import Testing
import Usage

@testable import UsageProviders

@Suite("Times in HTTP headers")
struct HTTPDateTests {
    @Test(
        "A date is read",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
            ("Tue, 14 Nov 2023 22:13:20 GMT", 1_700_000_000), ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
            ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ]
    )
    func read(text: String, seconds: Int) {
        #expect(UnixTime(httpDate: text) == UnixTime(seconds: seconds))
    }

    @Test(
        "What is no date is none",
        arguments: [
            "", " ", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994", "Sun, 30 Feb 2024 08:49:37 GMT", "Sun, 29 Feb 2023 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT",
            "Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:x:49:37 GMT", "Sun, 06 Nov 1994 -8:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT more",
            "Sun, 99999999999999999999 Nov 1994 08:49:37 GMT",
        ]
    )
    func refused(_ text: String) {
        #expect(UnixTime(httpDate: text) == nil)
    }

    @Test(
        "A wait is seconds or the time until a date, at most a day",
        arguments: [
            ("0", .zero), ("15", .seconds(15)), ("86400", .seconds(86_400)), ("86401", .seconds(86_400)),
            ("Tue, 14 Nov 2023 22:13:35 GMT", .seconds(15)), ("Tue, 14 Nov 2023 22:13:20 GMT", .zero),
            ("Mon, 13 Nov 2023 22:13:20 GMT", .zero), ("Tue, 14 Nov 2030 22:13:20 GMT", .seconds(86_400)),
        ] as [(String, Duration)]
    )
    func wait(text: String, wait: Duration) {
        #expect(Duration(retryAfter: text, now: UnixTime(seconds: 1_700_000_000)) == wait)
    }

    @Test(
        "What is no wait is none",
        arguments: ["", "soon", "-1", "1.5", "1e3", "15s", "0x10", "99999999999999999999999"]
    )
    func noWait(_ text: String) {
        #expect(Duration(retryAfter: text, now: UnixTime(seconds: 1_700_000_000)) == nil)
    }
}
