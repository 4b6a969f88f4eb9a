import Hummingbird

/// What a source says about one app's day at the simulator's moment; all usage in seconds.
struct TruthReport: Encodable {
    let app: String
    let provider: SimulatedProvider
    let source: SimulatedSource
    let name: String
    /// `YYYY-MM-DD` in the source's zone.
    let day: String
    /// Whether the source would list that day; without that the figures are zero.
    let listed: Bool
    let now: String
    let nowMilliseconds: Int
    let total: TierSeconds
    let sum: Int
    /// By room id; only when asked for, and only of the source that knows rooms.
    let rooms: [String: TierSeconds]?

    private enum CodingKeys: String, CodingKey {
        case app, provider, source, name, day, listed, now, total, sum, rooms
        case nowMilliseconds = "now_ms"
    }

    /// `day` is a day's number, or `nil` for the running one or, of a source that tells days only, the newest that it lists.
    init(_ app: SimulatedApp, _ source: SimulatedSource, day: Int?, now: Int, rooms wanted: Bool, _ truth: UsageTruth) {
        let day = day ?? Self.currentDay(app, source, now: now, truth)
        let claim = truth.claimed(source, app: app.id, day: day, now: now)
        self.app = app.id
        self.source = source
        provider = source.provider
        name = app.name
        self.day = CivilDate(dayNumber: day).description
        listed = claim != nil
        self.now = HTTPDate.iso8601(now)
        nowMilliseconds = now
        total = claim ?? .zero
        sum = total.sum
        let civil = SimulatedDay(number: day)
        let isWanted = wanted && source == .roomUsage
        rooms = isWanted ? truth.visible(app: app.id, from: civil.start, to: civil.end, now: now) : nil
    }

    private static func currentDay(
        _ app: SimulatedApp,
        _ source: SimulatedSource,
        now: Int,
        _ truth: UsageTruth
    ) -> Int {
        let today = source.day(containing: now)
        guard source == .historyUsage || source == .listUsages else { return today }
        return truth.newestDay(source, app: app.id, now: now) ?? today
    }
}

/// The reports of all apps and their sum in seconds.
struct TruthSummary: Encodable {
    let day: String
    let now: String
    let nowMilliseconds: Int
    let sum: Int
    let apps: [TruthReport]

    private enum CodingKeys: String, CodingKey {
        case day, now, sum, apps
        case nowMilliseconds = "now_ms"
    }
}

extension TruthReport {
    /// One report or all of them.
    enum Answer: Encodable {
        case one(TruthReport)
        case all(TruthSummary)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .one(let report): try report.encode(to: encoder)
            case .all(let summary): try summary.encode(to: encoder)
            }
        }
    }

    /// The parameters `app`, `provider`, `source`, `day` and `rooms`.
    struct Query {
        private let app: String?
        private let provider: SimulatedProvider?
        private let source: SimulatedSource?
        private let day: Int?
        private let rooms: Bool

        init(_ parameters: Parameters) throws(ControlError) {
            app = parameters["app"].map(String.init)
            provider = try Self.parsed("provider", parameters, "tencent, huawei or volcengine") {
                SimulatedProvider(rawValue: $0)
            }
            source = try Self.parsed("source", parameters, "the name of a usage API") { SimulatedSource(rawValue: $0) }
            day = try Self.parsed("day", parameters, "written YYYY-MM-DD") { CivilDate($0)?.dayNumber }
            rooms = try Self.parsed("rooms", parameters, "0 or 1") { ["0": false, "1": true][$0] } ?? false
        }

        func answer(_ simulation: Simulation) throws(ControlError) -> Answer {
            let now = simulation.clock.now
            let reports = wanted(simulation).map { app, source in
                TruthReport(app, source, day: day, now: now, rooms: rooms, simulation.truth)
            }
            guard app != nil else {
                return .all(
                    TruthSummary(
                        day: CivilDate(dayNumber: day ?? SimulatedDay(containing: now).number).description,
                        now: HTTPDate.iso8601(now),
                        nowMilliseconds: now,
                        sum: reports.reduce(0) { $0 + $1.sum },
                        apps: reports
                    )
                )
            }
            guard let report = reports.first else { throw ControlError("There is no such app.") }
            return .one(report)
        }

        private func wanted(_ simulation: Simulation) -> [(SimulatedApp, SimulatedSource)] {
            simulation.configuration.accounts.flatMap { account -> [(SimulatedApp, SimulatedSource)] in
                let source = source ?? account.provider.usualSource
                guard source.provider == account.provider, provider == nil || provider == account.provider else {
                    return []
                }
                return account.apps.filter { app == nil || $0.id == app }.map { ($0, source) }
            }
        }

        private static func parsed<Value>(
            _ name: String,
            _ parameters: Parameters,
            _ form: String,
            _ parse: (String) -> Value?
        ) throws(ControlError) -> Value? {
            guard let text = parameters[name[...]] else { return nil }
            guard let value = parse(String(text)) else { throw ControlError("`\(name)` has to be \(form).") }
            return value
        }
    }
}

extension SimulatedProvider {
    /// The source that is shown unless another one is asked for.
    fileprivate var usualSource: SimulatedSource {
        switch self {
        case .tencent: .roomUsage
        case .huawei: .historyUsage
        case .volcengine: .listUsages
        }
    }
}
