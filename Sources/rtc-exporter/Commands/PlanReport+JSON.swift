import ExporterMetrics
import Usage
import UsagePolling

/// The plan for programs. Its keys are part of what users rely on.
extension PlanReport {
    var json: String {
        JSONOutput.object([
            "fits": .bool(plan.fits),
            "fitting_interval_seconds": .seconds(plan.fittingInterval),
            "notes": .list(notes.map(JSONOutput.text)),
            "budgets": .list(plan.budgets.map(\.json)),
        ])
        .text()
    }
}

extension CallPlan.Budget {
    fileprivate var json: JSONOutput {
        .object([
            "provider": .text(source.provider.rawValue),
            "source": .text(source.name),
            "accounts": .list(accounts.map(JSONOutput.text)),
            "fits": .bool(forecast.fits),
            "allowed_calls_per_hour": .number(forecast.allowed),
            "usable_calls_per_hour": .number(forecast.usable),
            "wanted_calls_per_hour": forecast.wanted.json,
            "planned_calls_per_hour": forecast.planned.json,
            "wanted_interval_seconds": .seconds(forecast.wantedInterval),
            "planned_interval_seconds": .seconds(forecast.plannedInterval),
            "planned_interval_while_filling_seconds": .seconds(forecast.intervalWhileFilling),
            "fitting_interval_seconds": .seconds(forecast.fittingInterval),
            "fitting_apps": .whole(forecast.fittingApps),
            "most_apps_in_use": forecast.guided.map { .whole($0.mostInUse) } ?? .null,
            "idle_interval_seconds": .seconds(forecast.guided?.idleInterval),
            "history_fill_seconds": .seconds(forecast.historyFill),
            "apps": .list(apps.map(json)),
        ])
    }

    private func json(_ app: CallPlan.App) -> JSONOutput {
        .object([
            "id": .text(app.app.key.app),
            "name": .text(app.app.name),
            "account": .text(app.app.account),
            "wanted_interval_seconds": .seconds(forecast.wantedInterval),
            "planned_interval_seconds": .seconds(forecast.plannedInterval),
            "guided_by": app.guide.map { .text($0.name) } ?? .null,
        ])
    }
}

extension CallRates {
    fileprivate var json: JSONOutput {
        .object([
            "current": .number(self[.current]), "closed": .number(self[.closed]), "idle": .number(self[.idle]),
            "history": .number(self[.history]), "total": .number(total),
        ])
    }
}
