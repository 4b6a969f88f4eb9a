/// What became of a call.
struct Decision {
    /// What is said, unless a page takes its place.
    let answer: ProviderAnswer
    /// The fault that takes the place of any answer of the provider's own; `nil` when none does.
    let page: SimulatedFault?
    /// The fault that struck a good call.
    let fault: FaultKind?
    /// What the Date header says, in Unix milliseconds.
    let date: Int
}

/// Decides about calls in the providers' order: who calls, how often, what is asked for, whose it is.
struct ProviderGate<Dialect: ProviderDialect>: Sendable {
    let dialect: Dialect
    private let simulation: Simulation
    private let limiter = ArrivalLimiter()

    init(_ simulation: Simulation, dialect: Dialect) {
        self.simulation = simulation
        self.dialect = dialect
    }

    /// A call under way.
    private struct Course {
        let call: ReceivedCall
        let asked: AskedFor
        let arrival: Duration
        /// The provider's moment, in Unix milliseconds.
        let now: Int
        /// What the provider takes for that moment.
        let shown: Int
        let requestID: String
    }

    private enum Result {
        case answered(ProviderAnswer)
        case refused(Dialect.Refusal)
    }

    /// Decides about a call that arrived at a moment of the monotonic clock, and writes it into the log.
    func decide(_ call: ReceivedCall, arrival: Duration, requestID: String) -> Decision {
        let now = simulation.clock.now
        let asked = dialect.askedFor(by: call)
        let clockFault = simulation.faults.strike(.authentication, app: asked.app, api: asked.api)
        let shown = now + (clockFault == nil ? 0 : 3_600_000)
        let course = Course(
            call: call,
            asked: asked,
            arrival: arrival,
            now: now,
            shown: shown,
            requestID: requestID
        )
        let (result, fault) = judged(course)
        record(course, result, faults: [clockFault, fault].compactMap(\.self))
        return decision(course, result, fault)
    }

    private func decision(_ course: Course, _ result: Result, _ fault: SimulatedFault?) -> Decision {
        let page = fault.flatMap { isPage($0.kind, course.asked.api) ? $0 : nil }
        let answer =
            switch result {
            case .answered(let answer): answer
            case .refused(let refusal): dialect.answer(refusal, asked: course.asked, requestID: course.requestID)
            }
        return Decision(answer: answer, page: page, fault: fault?.kind, date: course.shown)
    }

    private func judged(_ course: Course) -> (Result, SimulatedFault?) {
        let asked = course.asked
        do {
            let account = try authenticated(course)
            try checkRate(course, account)
            if let fault = simulation.faults.strike(.gateway, app: asked.app, api: asked.api) {
                if fault.kind == .revokedTokens { simulation.tokens.revokeAll() }
                return (.refused(Dialect.refusal(for: fault.kind, api: asked.api) ?? Dialect.throttled), fault)
            }
            // By the clock that the answer shows: a window that ends now by it does not end in the future.
            let query = try dialect.query(of: course.call, account: account, now: course.shown)
            let fault = simulation.faults.strike(.answer, app: asked.app, api: asked.api)
            return (.answered(answer(query, fault?.kind, course)), fault)
        } catch {
            return (.refused(error), nil)
        }
    }

    private func answer(_ query: Dialect.Query, _ fault: FaultKind?, _ course: Course) -> ProviderAnswer {
        var answer = dialect.answer(query, fault: fault, now: course.now, requestID: course.requestID)
        switch fault {
        case .notJSON: answer.body = .literal("<<<this is not JSON>>>")
        case .unknownFields: answer.body = answer.body.withUnknownMembers
        default: break
        }
        return answer
    }

    private func authenticated(_ course: Course) throws(Dialect.Refusal) -> SimulatedAccount {
        do {
            return try dialect.account(of: course.call, now: course.shown)
        } catch {
            // Who was not let in has called nevertheless.
            if let key = dialect.claimedKey(of: course.call), let api = course.asked.api {
                let caller = ArrivalLimiter.Caller(secretID: key, api: api)
                limiter.count(caller, arrival: course.arrival, limit: limit(of: api))
            }
            throw error
        }
    }

    private func checkRate(_ course: Course, _ account: SimulatedAccount) throws(Dialect.Refusal) {
        guard let api = course.asked.api else { return }
        let caller = ArrivalLimiter.Caller(secretID: account.secretID, api: api)
        if !limiter.admits(caller, arrival: course.arrival, limit: limit(of: api)) { throw Dialect.throttled }
    }

    private func limit(of api: SimulatedAPI) -> ArrivalLimit {
        simulation.configuration.limit(of: api, provider: Dialect.provider)
    }

    private func isPage(_ kind: FaultKind, _ api: SimulatedAPI?) -> Bool {
        kind.stage == .gateway && Dialect.refusal(for: kind, api: api) == nil
    }

    private func record(_ course: Course, _ result: Result, faults: [SimulatedFault]) {
        let asked = course.asked
        simulation.calls.append(
            RecordedCall(
                monotonicMilliseconds: course.arrival.milliseconds,
                wallMilliseconds: course.now,
                provider: Dialect.provider,
                api: asked.api,
                secretID: dialect.claimedKey(of: course.call),
                action: asked.action.map { String($0.prefix(100)) },
                app: asked.app.map { String($0.prefix(100)) },
                from: asked.from.map { String($0.prefix(100)) },
                to: asked.to.map { String($0.prefix(100)) },
                outcome: outcome(result, faults.last?.kind, asked.api),
                fault: faults.isEmpty ? nil : faults.map(\.kind.rawValue).joined(separator: "+")
            )
        )
    }

    private func outcome(_ result: Result, _ fault: FaultKind?, _ api: SimulatedAPI?) -> String {
        if let fault, fault.stage == .answer || isPage(fault, api) { return fault.rawValue }
        return switch result {
        case .answered: "ok"
        case .refused(let refusal): refusal.outcome
        }
    }
}
