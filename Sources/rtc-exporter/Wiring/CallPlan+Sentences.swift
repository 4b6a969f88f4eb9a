import ExporterMetrics
import Logging
import Usage
import UsagePolling

/// What does not fit, in words.
extension CallPlan {
    /// One sentence about a budget for the log, and what stands beside it.
    struct Warning: Sendable {
        let sentence: String
        let metadata: Logger.Metadata
    }

    /// What there is to say at a start, at a reload, and when other apps are discovered: nothing when all fits.
    func warnings() -> [Warning] {
        budgets.filter { !$0.forecast.fits }.map { budget in
            let forecast = budget.forecast
            let remedies =
                budget.remedies.isEmpty ? "" : " What would fit: \(budget.remedies.joined(separator: "; or "))."
            var metadata: Logger.Metadata = [
                "provider": "\(budget.source.provider.rawValue)", "source": "\(budget.source.name)",
                "accounts": "\(budget.accounts.joined(separator: ","))", "apps": "\(forecast.apps)",
                "wanted": "\(PlanText.duration(forecast.wantedInterval))",
                "planned": "\(PlanText.duration(forecast.plannedInterval))",
            ]
            if let guided = forecast.guided { metadata["fitting_apps_in_use"] = "\(guided.mostInUse)" }
            return Warning(
                sentence:
                    "What is wanted does not fit the limit of \(budget.source.name): \(budget.consequence).\(remedies)",
                metadata: metadata
            )
        }
    }
}

extension CallPlan.Budget {
    /// What is wanted and what there is.
    var wish: String {
        let wanted = forecast.wanted
        let parts = CallKind.allCases.filter { wanted[$0] > 0 }.map { "\(PlanText.rate(wanted[$0])) \($0.purpose)" }
        return "\(PlanText.count(forecast.apps, "app")) every \(PlanText.duration(forecast.wantedInterval)) "
            + "\(forecast.apps == 1 ? "takes" : "take") \(PlanText.rate(wanted.total)) calls an hour "
            + "(\(parts.joined(separator: ", "))), and of the \(PlanText.rate(forecast.allowed)) that are allowed "
            + "\(PlanText.rate(forecast.usable)) can be relied on"
    }

    /// What comes of a wish that does not fit.
    var consequence: String {
        guard forecast.plannedInterval > forecast.wantedInterval else {
            return "apps in use are read every \(PlanText.duration(forecast.plannedInterval)) all the same, "
                + "but days that are over are read later than they should be"
        }
        let filling =
            forecast.intervalWhileFilling > forecast.plannedInterval
            ? ", and every \(PlanText.duration(forecast.intervalWhileFilling)) while history is filled in" : ""
        return "if all are in use, apps are read every \(PlanText.duration(forecast.plannedInterval))\(filling)"
    }

    /// What would fit, each by itself.
    var remedies: [String] {
        var remedies: [String] = []
        if let interval = forecast.fittingInterval {
            remedies.append("poll.interval: \(PlanText.duration(interval))")
        }
        if forecast.fittingApps > 0 {
            let others = hasOtherSources ? ", or without \(source.name) in their sources" : ""
            remedies.append(
                "\(PlanText.count(forecast.fittingApps, "app")) behind this key, with the others behind another\(others)"
            )
        }
        return remedies
    }

    /// Why no interval fits.
    var reasonWithoutInterval: String? {
        guard !forecast.fits, forecast.fittingInterval == nil else { return nil }
        let rest = forecast.wanted[.closed] + forecast.wanted[.history]
        let reason =
            rest > forecast.usable
            ? "days that are over take \(PlanText.rate(rest)) calls an hour by themselves"
            : "even once a day is too often"
        return "No interval fits: \(reason). There have to be fewer apps behind this key"
    }

    /// What another source changes: apps that are not in use are asked seldom.
    var wordsOnGuides: [String] {
        var words: [String] = []
        if let guided = forecast.guided {
            let seldom =
                "Apps that are not in use are asked less, at least every \(PlanText.duration(guided.idleInterval))"
            let often =
                ": while no more than \(guided.mostInUse) of \(PlanText.count(forecast.apps, "app")) are in use at once, "
                + "each of those is read every \(PlanText.duration(forecast.wantedInterval))"
            words.append(guided.mostInUse > 0 ? seldom + often : seldom)
        }
        if let guide = possibleGuide {
            let others = forecast.guided == nil ? "its apps" : "the other apps"
            words.append(
                "With \(guide.name) in the sources of \(others) as well, those that are not in use would be asked less"
            )
        }
        return words
    }

    private var hasOtherSources: Bool { apps.contains { $0.app.sources.count > 1 } }
}

extension CallKind {
    /// What calls are for, after their number.
    fileprivate var purpose: String {
        switch self {
        case .current: "for running days"
        case .closed: "for days just over"
        case .idle: "for apps not in use"
        case .history: "for days read once more"
        }
    }
}
