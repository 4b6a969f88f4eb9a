import Hummingbird

/// How tests and people look behind the scenes and turn the screws. JSON in and out; no answer holds a secret.
///
/// | request | does |
/// | --- | --- |
/// | `GET /simulator/truth?app=ID` | what is visible of the app's current day: `{app, provider, source, name, day, listed, now, now_ms, total, sum}`; `source=NAME` for what another API says, `day=YYYY-MM-DD` for another day, `rooms=1` for `rooms` by id |
/// | `GET /simulator/truth` | the same of every app: `{day, now, now_ms, sum, apps: [...]}`; `provider=NAME` or `source=NAME` for those it concerns |
/// | `GET /simulator/calls` | the arrival log, oldest first: a list of ``RecordedCall`` |
/// | `GET /simulator/clock` | `{now, now_ms, stopped}` |
/// | `POST /simulator/clock` | any of `{"now": "2026-03-01T00:00:00Z", "advance_seconds": 3600, "stopped": true}`, done in this order |
/// | `GET /simulator/faults` | the faults that still strike |
/// | `POST /simulator/faults` | switches one on: `{"name", "app"?, "api"?, "count"?, "location"?, "retry_after_seconds"?}` |
/// | `DELETE /simulator/faults` | switches all off, or those with `?name=`, `?app=` and `?api=` |
/// | `GET /simulator/apps` | every app: `{app, provider, name, listed}` |
/// | `POST /simulator/apps` | takes an app off the lists of apps or puts it back: `{"app": ID, "listed": false}` |
/// | `GET /simulator/tokens` | how many tokens the identity service gave out: `{issued}` |
/// | `POST /simulator/tokens` | ends the life of all of them: `{"revoke": true}` |
///
/// Bad input is answered with 400 and `{"error": sentence}`.
struct ControlRoutes: Sendable {
    private let simulation: Simulation

    init(_ simulation: Simulation) {
        self.simulation = simulation
    }

    func add(to router: Router<BasicRequestContext>) {
        let simulation = simulation
        let group = router.group("simulator")
        group.get("truth") { request, _ in
            Self.answer(simulation) { () throws(ControlError) in
                try TruthReport.Query(request.uri.queryParameters).answer(simulation)
            }
        }
        group.get("calls") { _, _ in
            Self.answer(simulation) { () throws(ControlError) in simulation.calls.all }
        }
        group.get("clock") { _, _ in
            Self.answer(simulation) { () throws(ControlError) in ClockControl.report(simulation.clock) }
        }
        group.post("clock") { request, _ in
            let body = try await Self.body(request)
            return Self.answer(simulation) { () throws(ControlError) in
                try ClockControl(body).apply(to: simulation.clock)
                return ClockControl.report(simulation.clock)
            }
        }
        addFaults(to: group)
        addApps(to: group)
        addTokens(to: group)
    }

    private func addApps(to group: RouterGroup<BasicRequestContext>) {
        let simulation = simulation
        group.get("apps") { _, _ in
            Self.answer(simulation) { () throws(ControlError) in AppControl.report(simulation) }
        }
        group.post("apps") { request, _ in
            let body = try await Self.body(request)
            return Self.answer(simulation) { () throws(ControlError) in
                try AppControl(body, simulation).apply(to: simulation.directory)
                return AppControl.report(simulation)
            }
        }
    }

    private func addTokens(to group: RouterGroup<BasicRequestContext>) {
        let tokens = simulation.tokens
        let simulation = simulation
        group.get("tokens") { _, _ in
            Self.answer(simulation) { () throws(ControlError) in ["issued": tokens.issued] }
        }
        group.post("tokens") { request, _ in
            let body = try await Self.body(request)
            return Self.answer(simulation) { () throws(ControlError) in
                guard try Self.members(body, allowed: ["revoke"])["revoke"] == .bool(true) else {
                    throw ControlError("`revoke` has to be true.")
                }
                tokens.revokeAll()
                return ["issued": tokens.issued]
            }
        }
    }

    private func addFaults(to group: RouterGroup<BasicRequestContext>) {
        let simulation = simulation
        group.get("faults") { _, _ in
            Self.answer(simulation) { () throws(ControlError) in FaultControl.report(simulation.faults) }
        }
        group.post("faults") { request, _ in
            let body = try await Self.body(request)
            return Self.answer(simulation) { () throws(ControlError) in
                simulation.faults.add(try FaultControl.fault(body))
                return FaultControl.report(simulation.faults)
            }
        }
        group.delete("faults") { request, _ in
            let query = request.uri.queryParameters
            return Self.answer(simulation) { () throws(ControlError) in
                let kind = try query["name"].map { name throws(ControlError) in try FaultControl.kind(String(name)) }
                let api = try query["api"].map { name throws(ControlError) in try FaultControl.api(String(name)) }
                simulation.faults.remove(kind, app: query["app"].map(String.init), api: api)
                return FaultControl.report(simulation.faults)
            }
        }
    }

    private static func body(_ request: Request) async throws -> [UInt8] {
        var request = request
        return try await request.collected(upTo: 65_536)
    }
}
