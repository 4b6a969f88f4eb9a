import Synchronization

/// The faults that are switched on, oldest first. The oldest that fits a call strikes it.
///
/// A fault strikes only calls that get as far as it: one that fails authentication or comes too early is told so. It
/// spares APIs that it does not apply to.
public final class FaultBoard: Sendable {
    private let faults = Mutex<[SimulatedFault]>([])

    /// A board with nothing switched on.
    public init() {}

    /// The faults that still strike.
    public var active: [SimulatedFault] { faults.withLock { $0 } }

    /// Switches a fault on; one of the same kind for the same app and API makes place for it.
    public func add(_ fault: SimulatedFault) {
        faults.withLock { faults in
            faults.removeAll { $0.kind == fault.kind && $0.app == fault.app && $0.api == fault.api }
            guard fault.remaining ?? 1 > 0 else { return }
            faults.append(fault)
        }
    }

    /// Switches faults off.
    ///
    /// - Parameters:
    ///   - kind: The ones of this kind; `nil` for all kinds.
    ///   - app: The ones for this app; `nil` for all of them, with and without an app.
    ///   - api: The ones for this API; `nil` for all of them, with and without an API.
    public func remove(_ kind: FaultKind? = nil, app: String? = nil, api: SimulatedAPI? = nil) {
        faults.withLock { faults in
            faults.removeAll { fault in
                (kind == nil || fault.kind == kind) && (app == nil || fault.app == app)
                    && (api == nil || fault.api == api)
            }
        }
    }

    /// The fault that strikes a call for `app` at a stage, counted down; `nil` when none does.
    ///
    /// `api` is what is called, `nil` for something that does not exist.
    func strike(_ stage: FaultKind.Stage, app: String?, api: SimulatedAPI?) -> SimulatedFault? {
        faults.withLock { faults in
            let index = faults.firstIndex { fault in
                fault.kind.stage == stage && (fault.app == nil || fault.app == app)
                    && (fault.api == nil || fault.api == api) && (api.map { fault.kind.applies(toCallsOf: $0) } ?? true)
            }
            guard let index else { return nil }
            let fault = faults[index]
            guard let remaining = fault.remaining else { return fault }
            faults[index].remaining = remaining - 1
            if remaining <= 1 { faults.remove(at: index) }
            return fault
        }
    }
}
