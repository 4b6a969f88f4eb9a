import Testing

@testable import Usage

@Suite("Zone offsets")
struct ZoneOffsetTests {
    @Test(
        "A text names an offset, and the offset writes it",
        arguments: [
            ("+08:00", 28_800), ("-05:30", -19_800), ("+00:00", 0), ("+14:00", 50_400), ("-14:00", -50_400),
            ("+05:45", 20_700), ("-00:30", -1800), ("+00:01", 60), ("-09:59", -35_940),
        ]
    )
    func good(text: String, seconds: Int) throws {
        let zone = try #require(ZoneOffset(text))
        #expect(zone.seconds == seconds)
        #expect(zone.description == text)
    }

    @Test("Minus nothing is nothing")
    func minusZero() {
        #expect(ZoneOffset("-00:00") == .utc)
    }

    @Test(
        "Any other text is no offset",
        arguments: [
            "", "Z", "UTC", "08:00", "+8:00", "+0800", "+08:0", "+08:000", " +08:00", "+08:00 ", "+08:60", "+14:01",
            "-14:01", "+24:00", "+99:99", "+08-00", "*08:00", "+-8:00", "+0a:00", "+08:/0", "+08::0", "−08:00",
            "+０8:00",
            "Asia/Shanghai", "+08:00:00", "\u{0}\u{0}\u{0}:\u{0}\u{0}",
        ]
    )
    func bad(text: String) {
        #expect(ZoneOffset(text) == nil)
    }
}
