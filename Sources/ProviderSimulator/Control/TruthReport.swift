import Hummingbird

/// What is visible of one app's day at the simulator's moment; all usage in seconds.
struct TruthReport: Encodable {
    let app: Int
    let name: String
    let day: String
    let now: String
    let nowMilliseconds: Int
    let total: TierSeconds
    let sum: Int
    /// By room id; only when asked for.
    let rooms: [String: TierSeconds]?

    private enum CodingKeys: String, CodingKey {
        case app, name, day, now, total, sum, rooms
        case nowMilliseconds = "now_ms"
    }

    init(_ app: SimulatedApp, _ day: SimulatedDay, now: Int, rooms wanted: Bool, _ truth: UsageTruth) {
        let visible = truth.visible(app: app.id, from: day.start, to: day.end, now: now)
        self.app = app.id
        name = app.name
        self.day = day.description
        self.now = HTTPDate.iso8601(now)
        nowMilliseconds = now
        total = visible.values.reduce(.zero, +)
        sum = total.sum
        rooms = wanted ? visible : nil
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

    /// The parameters `app`, `day` and `rooms`.
    struct Query {
        private let app: Int?
        private let day: SimulatedDay?
        private let rooms: Bool

        init(_ parameters: Parameters) throws(ControlError) {
            app = try Self.parsed("app", parameters, "a whole number") { Int($0) }
            day = try Self.parsed("day", parameters, "written YYYY-MM-DD") { SimulatedDay($0) }
            rooms = try Self.parsed("rooms", parameters, "0 or 1") { ["0": false, "1": true][$0] } ?? false
        }

        func answer(_ simulation: Simulation) throws(ControlError) -> Answer {
            let now = simulation.clock.now
            let day = day ?? SimulatedDay(containing: now)
            let apps = simulation.configuration.apps.filter { app == nil || $0.id == app }
            let reports = apps.map { TruthReport($0, day, now: now, rooms: rooms, simulation.truth) }
            guard app != nil else {
                return .all(
                    TruthSummary(
                        day: day.description,
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
