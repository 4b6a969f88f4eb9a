import Testing

@testable import Usage

@Suite("Readings and their windows")
struct ReadingTests {
    private let day = UsageDay(number: 20_512, zone: .beijing)
    private let app = AppKey(provider: Provider(rawValue: "tencent"), app: "1400000001")

    @Test("A day has no window in its first minute, then one that ends with the last full minute")
    func firstMinute() {
        #expect(UsageWindow(day: day, through: day.start - .seconds(1)) == nil)
        #expect(UsageWindow(day: day, through: day.start) == nil)
        #expect(UsageWindow(day: day, through: day.start + .milliseconds(59_999)) == nil)
        let window = UsageWindow(day: day, through: day.start + .seconds(60))
        #expect(window?.start == day.start)
        #expect(window?.end == day.start + .seconds(60))
        #expect(UsageWindow(day: day, through: day.start + .milliseconds(119_999)) == window)
    }

    @Test("A window never reaches beyond its day")
    func wholeDay() {
        let whole = UsageWindow(day: day)
        #expect(whole.start == day.start && whole.end == day.end)
        #expect(UsageWindow(day: day, through: day.end) == whole)
        #expect(UsageWindow(day: day, through: day.end + .seconds(5000)) == whole)
        #expect(UsageWindow(day: day, through: day.end - .milliseconds(1))?.end == day.end - .seconds(60))
    }

    @Test("Figures reach to the end of the window, or to the call less the provider's lag if that is earlier")
    func through() throws {
        let asked = day.start + .seconds(3650)
        let window = try #require(UsageWindow(day: day, through: asked))
        let reading = Reading(app: app, window: window, askedAt: asked, rooms: [])
        #expect(reading.through(lag: .zero) == day.start + .seconds(3600))
        #expect(reading.through(lag: .seconds(50)) == day.start + .seconds(3600))
        #expect(reading.through(lag: .seconds(51)) == day.start + .seconds(3599))
        let closed = Reading(app: app, window: UsageWindow(day: day), askedAt: day.end + .seconds(3600), rooms: [])
        #expect(closed.through(lag: .zero) == day.end)
        #expect(closed.through(lag: .seconds(8 * 3600)) == day.end - .seconds(7 * 3600))
    }

    @Test("A reading holds each room once and knows its total")
    func rooms() {
        let rows = [RoomUsage("b", 1), RoomUsage("a", 2), RoomUsage("b", 3)]
        let reading = Reading(app: app, window: UsageWindow(day: day), askedAt: day.end, rooms: rows)
        #expect(reading.rooms == [RoomUsage("a", 2), RoomUsage("b", 4)])
        #expect(reading.total == TierSeconds([.sd: 6]))
    }

    @Test("A day is settled by an answer that was asked for at its settle time or later")
    func settled() {
        let source = UsageSource(
            provider: app.provider,
            name: "room_usage",
            tiers: [.audio],
            knowsRooms: true,
            grain: .minutes,
            reach: 90,
            zone: .beijing,
            settledAfter: .seconds(36_000),
            lag: .zero,
            spacing: .seconds(15)
        )
        let settleTime = day.end + .seconds(36_000)
        #expect(source.settleTime(of: day) == settleTime)
        #expect(source.day(containing: day.start) == day)
        let early = RecordedDay(day: day, askedAt: settleTime, confirmedAt: settleTime - .milliseconds(1))
        #expect(!early.isSettled(by: source))
        #expect(early.awaitsSecondEmpty)
        let settled = RecordedDay(day: day, askedAt: settleTime, confirmedAt: settleTime)
        #expect(settled.isSettled(by: source))
        #expect(!settled.awaitsSecondEmpty)
    }

    @Test("Apps are ordered by provider and then by id, both as text")
    func apps() {
        let keys = [("b", "1"), ("a", "7"), ("a", "007"), ("a", "10")].map {
            AppKey(provider: Provider(rawValue: $0), app: $1)
        }
        #expect(keys.sorted().map { $0.provider.rawValue + $0.app } == ["a007", "a10", "a7", "b1"])
        #expect(keys[1] != keys[2])
    }

    @Test("A failure says what happened and what to do")
    func failure() {
        #expect(ReadingFailure(.timeout, "No answer.").description == "No answer.")
        #expect(ReadingFailure(.unauthorized, "Refused.", advice: "Check it.").description == "Refused. Check it.")
    }
}
