import ExporterMetrics
import Usage
import UsagePolling

/// A plan of calls as the command prints it.
struct PlanReport {
    let plan: CallPlan
    /// What the plan could not know, as sentences.
    let notes: [String]

    /// The plan for a person: budgets, then apps, then what does not fit.
    var text: String {
        let sections = [
            [wishLine], budgetLines, appLines, plan.budgets.filter { !$0.forecast.fits }.flatMap(misfitLines),
            notes.map { "Note: \($0.withoutControls)" }, [verdict],
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var wishLine: String {
        "poll.interval: \(DurationText.text(plan.wish.interval)), poll.history: \(DurationText.text(plan.wish.history))"
    }

    // MARK: Budgets

    private var budgetLines: [String] {
        var table = TextTable([
            .init(title: "ACCOUNT"), .init(title: "SOURCE"), .init(title: "APPS", isNumber: true),
            .init(title: "ALLOWED/H", isNumber: true), .init(title: "USABLE/H", isNumber: true),
            .init(title: "WANTED/H", isNumber: true), .init(title: "PLANNED/H", isNumber: true),
            .init(title: "EVERY"), .init(title: "WHILE FILLING"), .init(title: "HISTORY IN"), .init(title: "FITS"),
        ])
        for budget in plan.budgets {
            let forecast = budget.forecast
            let outlook =
                forecast.apps == 0
                ? ["-", "-", "-"]
                : [
                    PlanText.duration(forecast.plannedInterval), PlanText.duration(forecast.intervalWhileFilling),
                    Self.text(ofFill: forecast.historyFill),
                ]
            table.add(
                [
                    PlanText.name(budget.accounts.joined(separator: ", ")), budget.source.name, "\(forecast.apps)",
                    PlanText.rate(forecast.allowed), PlanText.rate(forecast.usable),
                    PlanText.rate(forecast.wanted.total), PlanText.rate(forecast.planned.total),
                ] + outlook + [forecast.fits ? "yes" : "NO"]
            )
        }
        return table.lines
    }

    private static func text(ofFill time: Duration?) -> String {
        guard let time else { return "never" }
        return time == .zero ? "known" : PlanText.duration(time)
    }

    // MARK: Apps

    /// Apps of an account that are read in the same way.
    private struct Group: Hashable {
        let account: String
        let ways: [String]
    }

    /// An account with a thousand equal apps has one paragraph.
    private var appLines: [String] {
        var (order, names): ([Group], [Group: [String]]) = ([], [:])
        for (app, ways) in waysOfApps {
            let group = Group(account: app.account, ways: ways)
            if names[group] == nil { order.append(group) }
            names[group, default: []].append(PlanText.name(app.name.isEmpty ? app.key.app : app.name))
        }
        return order.flatMap { group in
            ["\(PlanText.name(group.account)): \(Self.list(names[group] ?? []))"] + group.ways.map { "  \($0)" }
        }
    }

    /// How each app is read from each of its sources, in the order of the configuration.
    private var waysOfApps: [(PolledApp, [String])] {
        var (order, ways): ([PolledApp], [PolledApp: [UsageSource: String]]) = ([], [:])
        for budget in plan.budgets {
            for app in budget.apps {
                if ways[app.app] == nil { order.append(app.app) }
                ways[app.app, default: [:]][budget.source] = Self.way(of: app, in: budget)
            }
        }
        return order.map { app in (app, app.sources.compactMap { ways[app]?[$0] }) }
    }

    private static func way(of app: CallPlan.App, in budget: CallPlan.Budget) -> String {
        let forecast = budget.forecast
        var way = "\(budget.source.name) every \(PlanText.duration(forecast.plannedInterval))"
        if forecast.plannedInterval > forecast.wantedInterval {
            way += " instead of \(PlanText.duration(forecast.wantedInterval))"
        }
        if let guide = app.guide, let guided = forecast.guided {
            way +=
                "; while \(guide.name) tells of no use ever less, at least every "
                + PlanText.duration(guided.idleInterval)
        }
        return way
    }

    private static func list(_ names: [String]) -> String {
        let shown = 5
        guard names.count > shown + 1 else { return names.joined(separator: ", ") }
        return "\(names.prefix(shown).joined(separator: ", ")) and \(names.count - shown) more"
    }

    // MARK: What does not fit

    private func misfitLines(_ budget: CallPlan.Budget) -> [String] {
        let accounts = PlanText.name(budget.accounts.joined(separator: ", "), atMost: 200)
        let words =
            [budget.wish, budget.consequence.capitalizedFirst, budget.reasonWithoutInterval].compactMap { $0 }
            + budget.wordsOnGuides
        let remedies = budget.remedies
        return ["\(budget.source.name) of \(accounts) does not fit."] + words.map { "  \($0)." }
            + (remedies.isEmpty ? [] : ["  What would fit:"]) + remedies.map { "    - \($0)" }
    }

    private var verdict: String {
        if plan.fits { return "Everything fits." }
        return plan.fittingInterval.map { "With poll.interval: \(PlanText.duration($0)) everything would fit." }
            ?? "Not everything fits."
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
