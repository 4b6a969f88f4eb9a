import Testing
import Usage

@testable import UsagePolling

@Suite("The use of an app")
struct AppUseTests {
    private let day = UsageDay.sample

    private func told(_ day: UsageDay, _ seconds: Int, at time: UnixTime) -> RecordedDay {
        RecordedDay(day: day, askedAt: time, confirmedAt: time, seconds: seconds)
    }

    @Test("An app whose day grows is in use, until it has not grown for some time")
    func growth() {
        var use = AppUse(told(day, 100, at: day.at(12)))
        #expect(use.lastUse == day.at(12))
        use.note(told(day, 160, at: day.at(12, 5)))
        #expect(use.lastUse == day.at(12, 5))
        use.note(told(day, 160, at: day.at(12, 34)))
        #expect(use.lastUse == day.at(12, 5) && use.checkedAt == day.at(12, 34))
        #expect(use.isInUse(within: .minutes(30)))
        use.note(told(day, 160, at: day.at(12, 35)))
        #expect(!use.isInUse(within: .minutes(30)))
        use.note(told(day, 161, at: day.at(12, 40)))
        #expect(use.isInUse(within: .minutes(30)))
    }

    @Test("A day that is taken back, or told again, is no use")
    func withdrawn() {
        var use = AppUse(told(day, 100, at: day.at(12)))
        use.note(told(day, 40, at: day.at(13)))
        use.note(told(day, 40, at: day.at(14)))
        #expect(use.lastUse == day.at(12))
        use.note(told(day, 41, at: day.at(15)))
        #expect(use.lastUse == day.at(15))
    }

    @Test("What a day that is over tells late was used by its end, in whatever order days are told")
    func history() {
        var use = AppUse(told(day, 0, at: day.at(12)))
        #expect(use.lastUse == nil && !use.isInUse(within: .days(100)))
        use.note(told(day.advanced(by: -3), 500, at: day.at(12, 1)))
        #expect(use.lastUse == day.advanced(by: -2).start)
        use.note(told(day.advanced(by: -9), 700, at: day.at(12, 2)))
        #expect(use.lastUse == day.advanced(by: -2).start)
    }

    @Test("A day is quiet when it was told to be without use after its end")
    func quiet() {
        var use = AppUse(told(day, 0, at: day.at(23, 59)))
        #expect(!use.wasQuiet(on: day.number))
        use.note(told(day, 0, at: day.end))
        #expect(use.wasQuiet(on: day.number) && !use.wasQuiet(on: day.number - 1))
        use.note(told(day, 5, at: day.end + .hours(1)))
        #expect(!use.wasQuiet(on: day.number))
    }

    @Test("Rooms are guided by the first source that tells the running day, if that is much cheaper")
    func guides() {
        let (rooms, usage, days) = (UsageSource.rooms, UsageSource.appUsage, UsageSource.wholeDays)
        let cheapest = usage.with(spacing: .milliseconds(50))
        #expect(rooms.guide(among: [rooms, usage]) == usage)
        #expect(rooms.guide(among: [rooms, usage, cheapest]) == usage)
        // Totals are asked for whatever others say.
        #expect(usage.guide(among: [rooms, usage, cheapest]) == nil)
        #expect(rooms.guide(among: [rooms, days]) == nil)
        #expect(rooms.guide(among: [rooms, usage.with(spacing: .seconds(4))]) == nil)
    }
}
