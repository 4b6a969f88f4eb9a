/// Decides about calls in the provider's order: who calls, how often, what is asked for, whose it is.
struct TencentGate: Sendable {
    /// What became of a call.
    struct Verdict {
        /// What is to be answered: a checked query, or a refusal.
        let result: Result<RoomUsageQuery, TencentError>
        /// The fault that takes the place of the answer or distorts it; `nil` when none struck.
        let fault: SimulatedFault?
        /// The provider's moment, in Unix milliseconds.
        let now: Int
        /// What the Date header says, in Unix milliseconds.
        let date: Int
    }

    private let simulation: Simulation
    private let authentication: TencentAuthentication
    private let limiter: ArrivalLimiter

    init(_ simulation: Simulation) {
        self.simulation = simulation
        authentication = TencentAuthentication(accounts: simulation.configuration.accounts)
        limiter = ArrivalLimiter(spacing: simulation.configuration.spacing)
    }

    /// Decides about a call that arrived at a moment of the monotonic clock, and writes it into the log.
    func decide(_ call: TencentCall, arrival: Duration) -> Verdict {
        let now = simulation.clock.now
        let clockFault = simulation.faults.strike(.authentication, app: call.app)
        let date = now + (clockFault == nil ? 0 : 3_600_000)
        let (result, fault) = judged(call, arrival: arrival, now: now, shown: date)
        record(call, result, faults: [clockFault, fault].compactMap(\.self), arrival: arrival, now: now)
        return Verdict(result: result, fault: fault, now: now, date: date)
    }

    private func judged(
        _ call: TencentCall,
        arrival: Duration,
        now: Int,
        shown: Int
    ) -> (Result<RoomUsageQuery, TencentError>, SimulatedFault?) {
        do {
            let account = try authenticated(call, arrival: arrival, now: shown)
            try checkRate(of: call, account, arrival: arrival)
            if let fault = simulation.faults.strike(.gateway, app: call.app) {
                return (.failure(TencentFaults.refusal(fault.kind)), fault)
            }
            let query = try RoomUsageQuery(call, now: now)
            try checkOwner(of: query.app, account)
            return (.success(query), simulation.faults.strike(.answer, app: call.app))
        } catch {
            return (.failure(error), nil)
        }
    }

    private func authenticated(
        _ call: TencentCall,
        arrival: Duration,
        now: Int
    ) throws(TencentError) -> SimulatedAccount {
        do {
            return try authentication.account(of: call, now: now)
        } catch {
            // Who was not let in has called nevertheless.
            if let claimed = authentication.claimed(by: call), call.action == RoomUsageQuery.action {
                limiter.count(caller(claimed), arrival: arrival)
            }
            throw error
        }
    }

    private func checkRate(
        of call: TencentCall,
        _ account: SimulatedAccount,
        arrival: Duration
    ) throws(TencentError) {
        guard call.action == RoomUsageQuery.action, !limiter.admits(caller(account), arrival: arrival) else { return }
        throw TencentError(.requestLimitExceeded, "Your current request times exceed the frequency limit.")
    }

    private func checkOwner(of app: Int, _ account: SimulatedAccount) throws(TencentError) {
        if account.apps.contains(where: { $0.id == app }) { return }
        guard simulation.configuration.apps.contains(where: { $0.id == app }) else {
            throw TencentError(.sdkAppIdNotExist, "The SdkAppId does not exist.")
        }
        throw TencentError(.sdkAppIdNotUnderAppId, "The SdkAppId does not belong to the account.")
    }

    private func caller(_ account: SimulatedAccount) -> ArrivalLimiter.Caller {
        ArrivalLimiter.Caller(secretID: account.secretID, action: RoomUsageQuery.action)
    }

    private func record(
        _ call: TencentCall,
        _ result: Result<RoomUsageQuery, TencentError>,
        faults: [SimulatedFault],
        arrival: Duration,
        now: Int
    ) {
        simulation.calls.append(
            RecordedCall(
                monotonicMilliseconds: arrival.milliseconds,
                wallMilliseconds: now,
                secretID: authentication.claimed(by: call)?.secretID,
                action: call.action.map { String($0.prefix(100)) },
                app: call.app.map { String($0.prefix(100)) },
                from: call.parameters?["StartTime"]?.string.map { String($0.prefix(100)) },
                to: call.parameters?["EndTime"]?.string.map { String($0.prefix(100)) },
                outcome: Self.outcome(result, faults),
                fault: faults.isEmpty ? nil : faults.map(\.kind.rawValue).joined(separator: "+")
            )
        )
    }

    private static func outcome(_ result: Result<RoomUsageQuery, TencentError>, _ faults: [SimulatedFault]) -> String {
        if let fault = faults.last, !TencentFaults.isRefusal(fault.kind), fault.kind != .wrongClock {
            return fault.kind.rawValue
        }
        return switch result {
        case .success: "ok"
        case .failure(let error): error.code.rawValue
        }
    }
}
