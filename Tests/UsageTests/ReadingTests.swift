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
        #expect(reading.through(day, lag: .zero) == day.start + .seconds(3600))
        #expect(reading.through(day, lag: .seconds(50)) == day.start + .seconds(3600))
        #expect(reading.through(day, lag: .seconds(51)) == day.start + .seconds(3599))
        let closed = Reading(app: app, window: UsageWindow(day: day), askedAt: day.end + .seconds(3600), rooms: [])
        #expect(closed.through(day, lag: .zero) == day.end)
        #expect(closed.through(day, lag: .seconds(8 * 3600)) == day.end - .seconds(7 * 3600))
    }

    @Test("A reading holds each room once and knows its total")
    func rooms() {
        let rows = [RoomUsage("b", 1), RoomUsage("a", 2), RoomUsage("b", 3)]
        let reading = Reading(app: app, window: UsageWindow(day: day), askedAt: day.end, rooms: rows)
        #expect(reading.days == [DayUsage(day: day, rooms: [RoomUsage("a", 2), RoomUsage("b", 4)])])
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
        let early = RecordedDay(day: day, askedAt: settleTime, confirmedAt: settleTime - .milliseconds(1), seconds: 60)
        #expect(!early.isSettled(by: source))
        #expect(early.awaitsSecondEmpty)
        let settled = RecordedDay(day: day, askedAt: settleTime, confirmedAt: settleTime, seconds: 60)
        #expect(settled.isSettled(by: source))
        #expect(!settled.awaitsSecondEmpty)
    }

    @Test("Silence about a day that was asked for just in case says nothing, and its figures are used")
    func certain() throws {
        let source = UsageSource(
            provider: app.provider,
            name: "history_usage",
            tiers: [.sd],
            knowsRooms: false,
            grain: .days,
            reach: 31,
            span: 30,
            zone: .beijing,
            settledAfter: .zero,
            lag: .zero,
            spacing: .zero
        )
        let window = try #require(UsageWindow(first: day, last: day.next))
        let asked = day.advanced(by: 9).start
        func days(_ listed: [DayUsage], certain: UsageWindow?) -> [UsageDay] {
            Reading(app: app, window: window, askedAt: asked, listed: listed, by: source, certain: certain).days.map(
                \.day
            )
        }
        #expect(days([], certain: nil) == [day, day.next])
        #expect(days([], certain: UsageWindow(day: day)) == [day])
        #expect(days([DayUsage(day: day.next, rooms: [])], certain: UsageWindow(day: day)) == [day, day.next])
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

    @Test("A window of several days has each of them, and ends with the running one's last full minute")
    func severalDays() throws {
        let window = try #require(UsageWindow(first: day, last: day.advanced(by: 2)))
        #expect(window.days == [day, day.next, day.advanced(by: 2)])
        #expect(window.count == 3)
        #expect((window.start, window.end) == (day.start, day.advanced(by: 2).end))
        #expect(window.contains(day.next) && !window.contains(day.advanced(by: 3)) && !window.contains(day.previous))
        #expect(!window.contains(UsageDay(number: day.number, zone: .utc)))
        #expect(UsageWindow(first: day.next, last: day) == nil)
        let running = UsageWindow(first: day, last: day.next, through: day.next.start + .milliseconds(90_500))
        #expect(running?.end == day.next.start + .seconds(60))
    }

    @Test("Days outside the window are left out, and a day that comes twice is added up")
    func daysOfAReading() throws {
        let window = try #require(UsageWindow(first: day, last: day.next))
        let days = [
            DayUsage(day: day.next, rooms: [RoomUsage("a", 1)]), DayUsage(day: day, rooms: [RoomUsage("a", 2)]),
            DayUsage(day: day.next, rooms: [RoomUsage("a", 4)]),
            DayUsage(day: day.previous, rooms: [RoomUsage("a", 8)]),
        ]
        let reading = Reading(app: app, window: window, askedAt: day.end, days: days)
        #expect(reading.days.map(\.day) == [day, day.next])
        #expect(reading.days.map(\.total.total) == [2, 5])
        #expect(reading.total.total == 7)
    }

    @Test(
        "What silence about a day means depends on the source",
        arguments: [(UsageSource.Grain.minutes, [0, 1, 2, 3]), (.days, [0, 1, 3])]
    )
    func silence(grain: UsageSource.Grain, known: [Int]) throws {
        let source = UsageSource(
            provider: app.provider,
            name: "any",
            tiers: [.audio],
            knowsRooms: false,
            grain: grain,
            reach: 31,
            span: 30,
            zone: .beijing,
            settledAfter: .seconds(9 * 3600),
            lag: .zero,
            spacing: .seconds(1)
        )
        let window = try #require(UsageWindow(first: day, last: day.advanced(by: 3)))
        let listed = [DayUsage(day: day.advanced(by: 3), total: TierSeconds([.audio: 9]))]
        let askedAt = day.advanced(by: 2).start + .seconds(9 * 3600)
        let reading = Reading(app: app, window: window, askedAt: askedAt, listed: listed, by: source)
        #expect(reading.days.map(\.day) == known.map(day.advanced(by:)))
        #expect(reading.total.total == 9)
    }
}
