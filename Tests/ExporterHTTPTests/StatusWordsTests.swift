import Testing
import Usage

@testable import ExporterHTTP

@Suite("Figures of the status page in words")
struct StatusWordsTests {
    @Test(
        "Usage is in hours and minutes, from a hundred hours on in hours",
        arguments: [
            (0, "0 h"), (1, "1 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h 00 min"),
            (359_999, "99 h 59 min"), (360_000, "100 h"), (3_603_600, "1,001 h"), (3_600_000_000, "1,000,000 h"),
        ]
    )
    func hours(_ seconds: Int, are text: String) {
        #expect(Words.hours(seconds) == text)
    }

    @Test(
        "A change is a part of what was before, and of nothing there is no part",
        arguments: [
            (100, 112, "12 % more", "+12 %"), (100, 97, "3 % less", "−3 %"), (1000, 1004, "as much", "±0 %"),
            (0, 5, "more", "none before"), (0, 0, "as much", "±0 %"), (1, 1000, "99,900 % more", "+99,900 %"),
        ]
    )
    func change(_ before: Int, _ now: Int, _ words: String, _ signed: String) {
        #expect(Words.change(from: before, to: now) == words)
        #expect(Words.signedChange(from: before, to: now) == signed)
    }

    @Test(
        "A length of time has its two largest units",
        arguments: [
            (Duration.zero, "0 s"), (.milliseconds(200), "200 ms"), (.seconds(45), "45 s"), (.seconds(300), "5 min"),
            (.seconds(320), "5 min 20 s"), (.seconds(7200), "2 h"), (.seconds(7260), "2 h 1 min"),
            (.seconds(90_000), "1 d 1 h"), (.seconds(86_400), "1 d"), (.seconds(-5), "0 s"),
        ]
    )
    func span(_ duration: Duration, is text: String) {
        #expect(Words.span(duration) == text)
    }

    @Test("A day that goes on is compared with yesterday at this time, and one that is over as a whole")
    func comparison() {
        var day = DayProgress.example()
        #expect(day.comparison(now: .noon) == "20 % more than yesterday at this time")
        day.sameHours = .init(now: 100, before: 100, apps: 3)
        #expect(day.comparison(now: .noon, apps: 4) == "as much as yesterday at this time (3 of 4 apps)")
        #expect(day.comparison(now: .noon, apps: 7) == nil)
        day.through = day.day.end
        #expect(day.comparison(now: .noon + .seconds(40_000)) == "as much as the day before as a whole")
        day.sameHours = nil
        #expect(day.comparison(now: .noon) == nil)
    }

    @Test("A month is compared with the same days of the month before")
    func month() {
        var month = MonthProgress.example
        month.sameDays = .init(now: 97, before: 100, days: 20)
        #expect(month.comparison == "3 % less than the first 20 days of October")
        month.sameDays = .init(now: 100, before: 100, days: 1)
        #expect(month.comparison == "as much as the first day of October")
    }

    @Test("The midnight that ends a day is its 24:00")
    func clock() {
        let day = UsageDay.november(21)
        #expect(Words.clock(day.start, of: day) == "00:00")
        #expect(Words.clock(day.end, of: day) == "24:00")
        #expect(Words.clock(.noon, of: day) == "20:00")
    }

    @Test(
        "A share that is not nothing never looks like nothing",
        arguments: [(0, 10, "0 %"), (1, 1000, "under 1 %"), (1, 3, "33 %"), (10, 10, "100 %"), (0, 0, nil)]
    )
    func share(_ part: Int, _ whole: Int, is text: String?) {
        #expect(Words.share(part, of: whole) == text)
    }

    @Test("A long text is cut where a letter ends")
    func cut() {
        #expect(Markup.cut("abc", 3) == "abc")
        #expect(Markup.cut("教室教室", 3) == "教室…")
    }
}
