/// What is asked of Volcengine, checked.
enum VolcengineQuery: Equatable {
    case usages(ListUsagesQuery)
    case apps(offset: Int, limit: Int, apps: [SimulatedApp])
}

/// The parameters of ListUsages.
///
/// Source: <https://www.volcengine.com/docs/6348/1219546>.
struct ListUsagesQuery: Equatable {
    /// The longest window, and how long ago it may begin, in milliseconds.
    static let reach = 30 * SimulatedDay.length
    /// How far in the future a window may end, in milliseconds.
    static let ahead = 300_000

    let app: String
    /// Start of the window, in Unix milliseconds.
    let from: Int
    /// End of the window, in Unix milliseconds.
    let to: Int

    /// The days at +08:00 that the window overlaps.
    var days: [SimulatedDay] {
        guard from < to else { return [] }
        let numbers = SimulatedDay(containing: from).number...SimulatedDay(containing: to - 1).number
        return numbers.map { SimulatedDay(number: $0) }
    }

    init(_ parameters: [String: JSONValue], now: Int) throws(VolcengineError) {
        guard let app = parameters["AppId"]?.string, !app.isEmpty else {
            throw VolcengineError(.invalidParameter, "AppId is missing or no text.")
        }
        self.app = app
        from = try Self.moment("StartTime", parameters)
        to = try Self.moment("EndTime", parameters)
        guard from <= to else { throw VolcengineError(.startTimeAfterEndTime, "StartTime is after EndTime.") }
        guard to - from <= Self.reach, from >= now - Self.reach else {
            throw VolcengineError(.outOfTimeRange, "The time range is longer than 30 days or begins before them.")
        }
        guard to <= now + Self.ahead else {
            throw VolcengineError(.invalidParameter, "EndTime is in the future.")
        }
    }

    private static func moment(_ name: String, _ parameters: [String: JSONValue]) throws(VolcengineError) -> Int {
        guard let moment = parameters[name]?.string.flatMap(RFC3339.milliseconds) else {
            throw VolcengineError(.invalidParameter, "\(name) is missing or not written as RFC 3339 has it.")
        }
        return moment
    }
}
