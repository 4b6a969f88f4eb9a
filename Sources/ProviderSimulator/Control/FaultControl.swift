/// Faults as the control endpoint reads and shows them.
enum FaultControl {
    /// One fault that is switched on.
    struct Report: Encodable {
        let name: String
        let app: String?
        let api: SimulatedAPI?
        let count: Int?
        let location: String?
        let retryAfterSeconds: Int?

        private enum CodingKeys: String, CodingKey {
            case name, app, api, count, location
            case retryAfterSeconds = "retry_after_seconds"
        }
    }

    static func report(_ board: FaultBoard) -> [Report] {
        board.active.map { fault in
            Report(
                name: fault.kind.rawValue,
                app: fault.app,
                api: fault.api,
                count: fault.remaining,
                location: fault.kind == .redirect ? fault.location : nil,
                retryAfterSeconds: fault.kind == .retryAfter ? fault.retryAfter : nil
            )
        }
    }

    /// The fault in a JSON object with `name` and, if wanted, `app`, `api`, `count`, `location` and
    /// `retry_after_seconds`.
    static func fault(_ body: [UInt8]) throws(ControlError) -> SimulatedFault {
        let allowed: Set<String> = ["name", "app", "api", "count", "location", "retry_after_seconds"]
        let members = try ControlRoutes.members(body, allowed: allowed)
        guard let name = members["name"]?.string else { throw ControlError("`name` is missing.") }
        let app = members["app"]?.identifier
        guard members["app"] == nil || app != nil else { throw ControlError("`app` has to be an application id.") }
        return SimulatedFault(
            try kind(name),
            app: app,
            api: try members["api"].map { value throws(ControlError) in try api(value.string ?? "") },
            count: try positive("count", members),
            location: try location(members) ?? SimulatedFault.defaultLocation,
            retryAfter: try positive("retry_after_seconds", members) ?? 30
        )
    }

    static func kind(_ name: String) throws(ControlError) -> FaultKind {
        guard let kind = FaultKind(rawValue: name) else {
            let known = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("There is no such fault. There are: \(known).")
        }
        return kind
    }

    static func api(_ name: String) throws(ControlError) -> SimulatedAPI {
        guard let api = SimulatedAPI(rawValue: name) else {
            let known = SimulatedAPI.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("There is no such API. There are: \(known).")
        }
        return api
    }

    private static func positive(_ name: String, _ members: [String: JSONValue]) throws(ControlError) -> Int? {
        guard let value = members[name] else { return nil }
        guard let number = value.integer, (1...1_000_000_000).contains(number) else {
            throw ControlError("`\(name)` has to be a whole number above 0.")
        }
        return number
    }

    /// An absolute URL of printable ASCII, since it goes into a header.
    private static func location(_ members: [String: JSONValue]) throws(ControlError) -> String? {
        guard let value = members["location"] else { return nil }
        guard let text = value.string, text.hasPrefix("http://") || text.hasPrefix("https://"),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw ControlError("`location` has to be an http or https URL.") }
        return text
    }
}
