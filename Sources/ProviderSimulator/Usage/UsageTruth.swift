/// What a correct client must hold, computed without HTTP, signature or CSV.
///
/// All moments are Unix milliseconds, all windows half-open (`from` is included, `to` is not), all figures seconds. Rooms
/// without any visible usage are left out; an app that does not exist has none.
public struct UsageTruth: Sendable {
    let configuration: SimulatorConfiguration
    let generator: UsageGenerator
    private let apps: [String: SimulatedApp]
    private let owned: [SimulatedProvider: [String: SimulatedApp]]

    /// The truth of a simulation.
    ///
    /// - Parameter configuration: The same value that the simulator runs with.
    public init(configuration: SimulatorConfiguration) {
        self.configuration = configuration
        generator = UsageGenerator(seed: configuration.seed)
        apps = Dictionary(configuration.apps.map { ($0.id, $0) }) { first, _ in first }
        owned = Dictionary(grouping: configuration.accounts, by: \.provider).mapValues { accounts in
            Dictionary(accounts.flatMap(\.apps).map { ($0.id, $0) }) { first, _ in first }
        }
    }

    /// An app by its provider and id.
    func app(_ id: String, of provider: SimulatedProvider) -> SimulatedApp? { owned[provider]?[id] }

    /// What the provider shows at a moment: usage in the window as far as it has arrived, before or after the revision
    /// of its day, whichever it is.
    ///
    /// - Parameters:
    ///   - app: The app's id.
    ///   - from: Start of the window.
    ///   - to: End of the window; may lie in the future.
    ///   - now: The simulator's moment.
    /// - Returns: Seconds by room id.
    public func visible(app: String, from: Int, to: Int, now: Int) -> [String: TierSeconds] {
        Dictionary(rows(app: app, from: from, to: to, now: now).map { ($0.id, $0.usage) }, uniquingKeysWith: +)
    }

    /// The sum of ``visible(app:from:to:now:)`` over all rooms.
    public func visibleTotal(app: String, from: Int, to: Int, now: Int) -> TierSeconds {
        rows(app: app, from: from, to: to, now: now).reduce(.zero) { $0 + $1.usage }
    }

    /// What a day comes to in the end, when everything has arrived, been revised and been restated.
    ///
    /// - Returns: Seconds by room id.
    public func final(app: String, day: SimulatedDay) -> [String: TierSeconds] {
        guard let app = apps[app] else { return [:] }
        let growth = configuration.restatement?.permille ?? 0
        let rooms = generator.rooms(of: app, on: day).filter { $0.total != .zero }
        return Dictionary(
            rooms.map { ($0.id, $0.cumulative(at: 86_400, revised: true, growth: growth)) },
            uniquingKeysWith: +
        )
    }

    /// The sum of ``final(app:day:)`` over all rooms.
    public func finalTotal(app: String, day: SimulatedDay) -> TierSeconds {
        final(app: app, day: day).values.reduce(.zero, +)
    }

    /// The moment up to which an app's usage has arrived at `now`, in Unix milliseconds.
    public func horizon(app: String, now: Int) -> Int {
        apps[app].map { configuration.lag.horizon(at: now, generator.hash(of: $0)) } ?? now
    }

    /// The moment from which a day's figures are final, in Unix milliseconds.
    public func revision(app: String, day: SimulatedDay) -> Int {
        guard configuration.revisions, let app = apps[app] else { return day.end }
        return generator.revision(of: app, on: day)
    }

    /// Visible usage by room in the provider's order, each room once.
    func rows(app: String, from: Int, to: Int, now: Int) -> [RoomUsage] {
        guard let simulated = apps[app] else { return [] }
        let to = min(to, horizon(app: app, now: now))
        guard from < to else { return [] }
        var rows: [RoomUsage] = []
        for number in SimulatedDay(containing: from).number...SimulatedDay(containing: to - 1).number {
            rows += part(of: SimulatedDay(number: number), app: simulated, from: from, to: to, now: now)
        }
        return SimulatedDay(containing: from) == SimulatedDay(containing: to - 1) ? rows : Self.merged(rows)
    }

    private func part(of day: SimulatedDay, app: SimulatedApp, from: Int, to: Int, now: Int) -> [RoomUsage] {
        let state = state(of: day, app, now: now)
        let first = day.second(at: from)
        let last = day.second(at: to)
        return generator.rooms(of: app, on: day).compactMap { room in
            guard room.curve.start < last else { return nil }
            let usage = state.cumulative(room, at: last) - state.cumulative(room, at: first)
            return usage == .zero ? nil : RoomUsage(id: room.id, usage: usage)
        }
    }

    private static func merged(_ rows: [RoomUsage]) -> [RoomUsage] {
        let sums = Dictionary(rows.map { ($0.id, $0.usage) }, uniquingKeysWith: +)
        var seen: Set<String> = []
        return rows.filter { seen.insert($0.id).inserted }.map { RoomUsage(id: $0.id, usage: sums[$0.id] ?? $0.usage) }
    }
}

/// How far a day's figures have come.
struct DayState {
    /// Whether the day has had its revision.
    let revised: Bool
    /// Thousandths that a restatement has added.
    let growth: Int

    /// A room's figure from the start of the day up to a second of it.
    func cumulative(_ room: RoomDay, at second: Int) -> TierSeconds {
        room.cumulative(at: second, revised: revised, growth: growth)
    }
}

extension UsageTruth {
    /// How far the figures of a day at +08:00 have come; `early` are the milliseconds by which the provider revises its
    /// days before Tencent does.
    func state(of day: SimulatedDay, _ app: SimulatedApp, now: Int, early: Int = 0) -> DayState {
        DayState(
            revised: !configuration.revisions || now >= generator.revision(of: app, on: day) - early,
            growth: configuration.restatement?.growth(of: day.end, now: now) ?? 0
        )
    }
}

/// One room's usage in a window.
struct RoomUsage: Hashable {
    let id: String
    let usage: TierSeconds
}
