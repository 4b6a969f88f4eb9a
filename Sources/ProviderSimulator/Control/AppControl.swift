/// A request to take an app off the lists of apps, or to put it back.
struct AppControl {
    /// One app and whether its account's list names it.
    struct Report: Encodable {
        let app: String
        let provider: SimulatedProvider
        let name: String
        let listed: Bool
    }

    private let app: String
    private let isListed: Bool

    /// The request in a JSON object with `app` and `listed`.
    init(_ body: [UInt8], _ simulation: Simulation) throws(ControlError) {
        let members = try ControlRoutes.members(body, allowed: ["app", "listed"])
        guard let app = members["app"]?.identifier, simulation.configuration.apps.contains(where: { $0.id == app })
        else { throw ControlError("There is no such app.") }
        guard case .bool(let isListed)? = members["listed"] else {
            throw ControlError("`listed` has to be true or false.")
        }
        self.app = app
        self.isListed = isListed
    }

    func apply(to directory: AppDirectory) {
        if isListed { directory.show(app) } else { directory.hide(app) }
    }

    static func report(_ simulation: Simulation) -> [Report] {
        let hidden = simulation.directory.hidden
        return simulation.configuration.accounts.flatMap { account in
            account.apps.map { app in
                Report(app: app.id, provider: account.provider, name: app.name, listed: !hidden.contains(app.id))
            }
        }
    }
}
