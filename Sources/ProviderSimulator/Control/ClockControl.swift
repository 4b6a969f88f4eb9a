import Foundation

/// A request to turn, stop or start the provider's wall clock.
struct ClockControl {
    /// What the clock shows.
    struct Report: Encodable {
        let now: String
        let nowMilliseconds: Int
        let stopped: Bool

        private enum CodingKeys: String, CodingKey {
            case now, stopped
            case nowMilliseconds = "now_ms"
        }
    }

    private let now: Int?
    private let advance: Int
    private let stopped: Bool?

    /// Four-digit years, since a Date header has no others: 1970-01-01 to 9999-12-31.
    private static let range = 0..<253_402_300_800_000
    /// Ten years, in seconds: nobody means more, and no sum of it overflows.
    private static let longestAdvance = 315_576_000

    /// The request in a JSON object with any of `now`, `advance_seconds` and `stopped`.
    init(_ body: [UInt8]) throws(ControlError) {
        let members = try ControlRoutes.members(body, allowed: ["now", "advance_seconds", "stopped"])
        guard !members.isEmpty else { throw ControlError("One of now, advance_seconds and stopped has to be given.") }
        now = try members["now"].map { value throws(ControlError) in try Self.moment(value) }
        advance = try members["advance_seconds"].map { value throws(ControlError) in try Self.seconds(value) } ?? 0
        stopped = try members["stopped"].map { value throws(ControlError) in
            guard case .bool(let stopped) = value else { throw ControlError("`stopped` has to be true or false.") }
            return stopped
        }
    }

    func apply(to clock: SimulatorClock) throws(ControlError) {
        guard Self.range.contains((now ?? clock.now) + advance * 1_000) else {
            throw ControlError("The clock shows the years 1970 to 9999.")
        }
        if let now { clock.set(to: now) }
        clock.advance(by: .seconds(advance))
        switch stopped {
        case true?: clock.stop()
        case false?: clock.resume()
        case nil: break
        }
    }

    static func report(_ clock: SimulatorClock) -> Report {
        let now = clock.now
        return Report(now: HTTPDate.iso8601(now), nowMilliseconds: now, stopped: clock.isStopped)
    }

    private static func moment(_ value: JSONValue) throws(ControlError) -> Int {
        guard let text = value.string, let date = try? Date(text, strategy: .iso8601),
            let milliseconds = Int(exactly: (date.timeIntervalSince1970 * 1_000).rounded())
        else { throw ControlError("`now` has to be written like 2026-03-01T00:00:00Z.") }
        return milliseconds
    }

    private static func seconds(_ value: JSONValue) throws(ControlError) -> Int {
        guard let seconds = value.integer, (-longestAdvance...longestAdvance).contains(seconds) else {
            throw ControlError("`advance_seconds` has to be a whole number, ten years at most.")
        }
        return seconds
    }
}
