import ExporterHTTP
import Usage
import UsageCosts
import UsageLedger

/// The usage of all apps of a provider, by what is in memory of them; curves where all of them are shown on the page.
struct ProviderTotals {
    private let apps: [AppFacts]
    private let looks: [AppName: AppLook]

    /// The providers in the order in which their apps come.
    static func all(of apps: [AppFacts], _ looks: [AppName: AppLook]) -> [ProviderUsage] {
        var names: [String] = []
        for name in apps.map(\.name.provider) where !names.contains(name) { names.append(name) }
        let groups = Dictionary(grouping: apps, by: \.name.provider)
        return names.map { name in
            ProviderTotals(apps: groups[name] ?? [], looks: looks).usage(named: name)
        }
    }

    private func usage(named provider: String) -> ProviderUsage {
        let days = apps.compactMap(\.days)
        let newest = days.map(\.newest.day).max()
        let current = apps.filter { $0.days?.newest.day == newest && newest != nil }
        return ProviderUsage(
            provider: provider,
            apps: apps.count,
            knownApps: current.count,
            day: newest.flatMap { progress(of: $0, current) },
            month: newest.flatMap { month(of: $0) }
        )
    }

    // MARK: The day

    private func progress(of day: UsageDay, _ apps: [AppFacts]) -> DayProgress? {
        let days = apps.compactMap(\.days)
        guard let through = days.map(\.through).max(), let least = days.map(\.through).min() else { return nil }
        let drawn = apps.compactMap { looks[$0.name]?.day }
        let isDrawn = drawn.count == days.count
        let before = days.compactMap { $0.whole(day.number - 1) }
        let befores = drawn.compactMap(\.secondsBefore)
        return DayProgress(
            day: day,
            seconds: days.reduce(0) { $0 + $1.newest.seconds.total },
            through: through,
            leastThrough: least,
            curve: isDrawn ? .sum(drawn.map(\.curve), until: day.part(at: through)) : .none,
            curveBefore: isDrawn ? .sum(drawn.map(\.curveBefore), until: 1) : .none,
            secondsBefore: [before, befores].first { $0.count == days.count }?.reduce(0, +),
            sameHours: isDrawn ? sameHours(of: drawn) : nil,
            expected: expected(of: day, days)
        )
    }

    /// Of the apps of which both days are known at that time of day.
    private func sameHours(of days: [DayProgress]) -> DayProgress.SameHours? {
        let known = days.compactMap(\.sameHours)
        guard !known.isEmpty else { return nil }
        return DayProgress.SameHours(
            now: known.reduce(0) { $0 + $1.now },
            before: known.reduce(0) { $0 + $1.before },
            apps: known.count
        )
    }

    /// Days that one of the apps does not know teach nothing about their sum.
    private func expected(of day: UsageDay, _ apps: [AppDays]) -> DayProgress.Expected? {
        let numbers = apps.dropFirst().reduce(Set(apps.first?.settled.keys.map(\.self) ?? [])) { known, app in
            known.intersection(app.settled.keys)
        }
        let history = numbers.map { number in
            (
                day: UsageDay(number: number, zone: day.zone),
                seconds: apps.reduce(0) { $0 + ($1.settled[number] ?? 0) }
            )
        }
        return ExpectedUsage(of: day, history: history).map(DayProgress.Expected.init)
    }

    // MARK: The month

    /// The sums of all apps; a day that one of them lacks is missing, whatever the others had.
    private func month(of day: UsageDay) -> MonthProgress? {
        let months = apps.compactMap { looks[$0.name]?.month ?? $0.days?.monthProgress() }
            .filter { $0.month == day.month }
        let bars = (day.month.firstDay.number...day.number).map { number in
            bar(UsageDay(number: number, zone: day.zone), months, isNewest: number == day.number)
        }
        return MonthProgress(
            month: day.month,
            seconds: months.reduce(0) { $0 + $1.seconds },
            isComplete: months.count == apps.count && months.allSatisfy(\.isComplete),
            days: bars,
            sameDays: .init(of: bars)
        )
    }

    private func bar(_ day: UsageDay, _ months: [MonthProgress], isNewest: Bool) -> DayBar {
        let place = day.number - day.month.firstDay.number
        let bars = months.compactMap { $0.days.indices.contains(place) ? $0.days[place] : nil }
        let known = bars.compactMap(\.seconds)
        let befores = bars.compactMap(\.before)
        return DayBar(
            day: day,
            seconds: known.isEmpty ? nil : known.reduce(0, +),
            state: state(of: bars, isNewest: isNewest),
            before: befores.count == apps.count ? befores.reduce(0, +) : nil
        )
    }

    /// A day that goes on for an app while others have a newer one lacks its evening.
    private func state(of bars: [DayBar], isNewest: Bool) -> DayBar.State {
        let states = Set(bars.map(\.state))
        if bars.count < apps.count || states.contains(.missing) { return .missing }
        if !isNewest && states.contains(.running) { return .missing }
        return [DayBar.State.running, .provisional].first(where: states.contains) ?? .settled
    }
}
