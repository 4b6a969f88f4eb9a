import TestSupport
import Usage
import UsageLedger

/// What a ledger should hold after readings, by the contract alone and in memory.
struct ExpectedLedger {
    /// What is expected of one app.
    private struct App {
        let source: UsageSource
        /// The day on which it was first asked about: older history is not metered.
        let firstDay: Int
        var days: [Int: ExpectedDay] = [:]
    }

    private var apps: [AppKey: App] = [:]
    private let folding: RoomFolding

    init(folding: RoomFolding) { self.folding = folding }

    mutating func take(_ reading: Reading, from source: UsageSource) {
        let known = apps[reading.app]
        var app = known ?? App(source: source, firstDay: source.day(containing: reading.askedAt).number)
        for usage in reading.days {
            var day =
                app.days[usage.day.number]
                ?? ExpectedDay(usage, source, isInFirstReading: known == nil, folding: folding)
            day.take(usage, of: reading, folding: folding)
            app.days[usage.day.number] = day
        }
        apps[reading.app] = app
    }

    /// What should be seen of an app; of the rooms, those of the days asked for.
    func picture(of key: AppKey, roomsOn days: Set<UsageDay>) -> LedgerPicture {
        guard let app = apps[key] else { return LedgerPicture(rooms: Dictionary(days.map { ($0, []) }) { $1 }) }
        let sorted = app.days.sorted { $0.key < $1.key }.map(\.value)
        return LedgerPicture(
            days: sorted.map(\.recorded),
            history: sorted.map(\.history),
            rooms: Dictionary(days.map { ($0, rooms(of: app, on: $0)) }) { $1 },
            metered: metered(app),
            revisedUp: sorted.reduce(0) { $0 + $1.revisedUp },
            revisedDown: sorted.reduce(0) { $0 + $1.revisedDown }
        )
    }

    private func rooms(of app: App, on day: UsageDay) -> [RoomUsage] {
        app.source.knowsRooms ? app.days[day.number]?.rooms ?? [] : []
    }

    /// The closed form of the counter: the highest figures of all days since the first one, less what was there before anybody
    /// looked. Of a source of whole days that is only what its very first answer had.
    private func metered(_ app: App) -> TierSeconds {
        let highest = app.days.filter { $0.key >= app.firstDay }.reduce(into: TierSeconds.zero) {
            $0 += $1.value.highest
        }
        guard let first = app.days[app.firstDay]?.first,
            first.isInFirstReading || app.source.grain == .minutes
        else { return highest }
        return highest.combined(with: first.total, -)
    }
}
