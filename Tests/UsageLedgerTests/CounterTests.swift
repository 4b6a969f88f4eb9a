import Testing
import Usage
import UsageLedger

@Suite("What only grows")
struct CounterTests {
    private let day = LedgerExamples.day

    @Test("Metering begins with the app's first reading, counts each rise of the highest figure, and never falls")
    func metered() async throws {
        try await withLedger { ledger in
            #expect(try await ledger.figures().metered == .zero)
            let steps: [(Double, Int, Int)] = [
                (9, 500, 0), (10, 800, 300), (11, 700, 300), (12, 790, 300), (13, 900, 400), (14, 900, 400),
            ]
            for (hour, figure, expected) in steps {
                try await ledger.record([Reading(day, hour: hour, ["a": figure])])
                #expect(try await ledger.figures().metered.total == expected)
            }
            try await ledger.record([Reading(day, hour: 15), Reading(day, hour: 16)])
            #expect(try await ledger.figures().metered.total == 400)
            try await ledger.record([Reading(day, hour: 17, ["a": 900]), Reading(day, hour: 18, ["a": 901])])
            #expect(try await ledger.figures().metered.total == 401)
        }
    }

    @Test("A first reading without usage is a first reading")
    func emptyBaseline() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 1), Reading(day, hour: 2, ["a": 70])])
            #expect(try await ledger.figures().metered.total == 70)
        }
    }

    @Test("Each tier has its own highest figure")
    func tiers() async throws {
        try await withLedger { ledger in
            for (hour, audio, hd) in [(1.0, 100, 100), (2, 150, 80), (3, 120, 130)] {
                let room = RoomUsage(room: RoomID("a"), seconds: TierSeconds([.audio: audio, .hd: hd]))
                try await ledger.record([Reading(day, hour: hour, [room])])
            }
            #expect(try await ledger.figures().metered == TierSeconds([.audio: 50, .hd: 30]))
        }
    }

    @Test("Later days count wholly, days missed in an outage too, and older history does not")
    func days() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 12, ["a": 1_000])])
            try await ledger.record([Reading(day.previous, hour: 37, ["a": 7_777])])
            try await ledger.record([Reading(day.advanced(by: -30), hour: 800, ["a": 8_888])])
            #expect(try await ledger.figures().metered.total == 0)

            try await ledger.record([Reading(day.advanced(by: 3), hour: 1, ["a": 5])])
            #expect(try await ledger.figures().metered.total == 5)
            try await ledger.record([
                Reading(day.next, hour: 50, ["a": 20]), Reading(day.advanced(by: 2), hour: 30, ["a": 300]),
            ])
            #expect(try await ledger.figures().metered.total == 325)
            try await ledger.record([Reading(day, hour: 80, ["a": 1_400])])
            #expect(try await ledger.figures().metered.total == 725)
            try await ledger.record([Reading(day.previous, hour: 110, ["a": 9_999])])
            #expect(try await ledger.figures().metered.total == 725)
        }
    }

    @Test("History that is read before the first reading of the running day does not count, and neither does that one")
    func historyFirst() async throws {
        try await withLedger { ledger in
            // Just after midnight there is nothing to ask of the new day, so the old one is asked first.
            try await ledger.record([Reading(day.previous, hour: 24.001, ["a": 7_777])])
            try await ledger.record([Reading(day, hour: 1, ["a": 50])])
            #expect(try await ledger.figures().metered.total == 0)
            try await ledger.record([Reading(day, hour: 2, ["a": 80])])
            #expect(try await ledger.figures().metered.total == 30)
        }
    }

    @Test("Each app has a counter of its own, which sources that are not its primary do not feed")
    func apart() async throws {
        try await withLedger { ledger in
            let other = AppKey(provider: LedgerExamples.app.provider, app: "2")
            let source = LedgerExamples.source("other", zone: .beijing)
            try await ledger.record([Reading(day, hour: 1, ["a": 1]), Reading(day, hour: 2, ["a": 11])])
            try await ledger.record([Reading(day, hour: 3, app: other, [RoomUsage("a", audio: 500)])])
            _ = try await ledger.record(Reading(day, hour: 4, ["a": 900]), from: source)
            #expect(try await ledger.figures().metered.total == 10)
            #expect(try await ledger.figures(of: other, from: LedgerExamples.source).metered == .zero)
        }
    }

    @Test("A day is revised once it is settled, by a minute or more in a tier")
    func revised() async throws {
        try await withLedger { ledger in
            // Hour, figure, and what was revised up and down by then; the day is settled at hour 34.
            let steps: [(Double, Int, Int, Int)] = [
                (20, 1_000, 0, 0), (30, 2_000, 0, 0), (33.9, 1_500, 0, 0), (34.1, 1_800, 0, 0), (35, 1_859, 0, 0),
                (36, 1_919, 60, 0), (37, 1_860, 60, 0), (38, 1_800, 60, 60), (39, 2_800, 1_060, 60),
                (40, 2_800, 1_060, 60),
                (41, 100, 1_060, 2_760),
            ]
            for (hour, figure, revisedUp, revisedDown) in steps {
                try await ledger.record([Reading(day, hour: hour, ["a": figure])])
                let figures = try await ledger.figures()
                #expect(figures.revisedUp == revisedUp, "at hour \(hour)")
                #expect(figures.revisedDown == revisedDown, "at hour \(hour)")
            }
        }
    }

    @Test("Tiers are revised one by one, and a shift between rooms is no revision")
    func revisedTiers() async throws {
        try await withLedger { ledger in
            func room(_ id: String, _ audio: Int, _ hd: Int) -> RoomUsage {
                RoomUsage(room: RoomID(id), seconds: TierSeconds([.audio: audio, .hd: hd]))
            }
            try await ledger.record([Reading(day, hour: 35, [room("a", 1_000, 1_000)])])
            try await ledger.record([Reading(day, hour: 36, [room("a", 100, 1_000), room("b", 900, 0)])])
            #expect(try await ledger.figures().revisedUp == 0)
            try await ledger.record([Reading(day, hour: 37, [room("a", 1_100, 800)])])
            #expect(try await ledger.figures().revisedUp == 100)
            #expect(try await ledger.figures().revisedDown == 200)
            try await ledger.record([Reading(day, hour: 38, [room("a", 1_159, 741)])])
            #expect(try await ledger.figures().revisedUp == 100)
            #expect(try await ledger.figures().revisedDown == 200)
        }
    }

    @Test("A settled day that is emptied is revised when the second answer agrees, and late arrivals revise nothing")
    func revisedToNothing() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 35, ["a": 600]), Reading(day, hour: 36)])
            #expect(try await ledger.figures().revisedDown == 0)
            try await ledger.record([Reading(day, hour: 37)])
            #expect(try await ledger.figures().revisedDown == 600)
            try await ledger.record([Reading(day, hour: 20, ["a": 900])])
            #expect(try await ledger.figures().revisedDown == 600)
            #expect(try await ledger.figures().revisedUp == 0)
        }
    }

    @Test("Counters survive a restart")
    func restart() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                try await ledger.record([Reading(day, hour: 35, ["a": 100]), Reading(day.next, hour: 20, ["a": 40])])
                try await ledger.record([Reading(day, hour: 47, ["a": 300])])
            }
            try await file.open { ledger in
                let figures = try await ledger.figures()
                #expect(figures.metered.total == 0)
                #expect(figures.revisedUp == 200)
                try await ledger.record([Reading(day.next, hour: 21, ["a": 45])])
                #expect(try await ledger.figures().metered.total == 5)
            }
        }
    }
}
