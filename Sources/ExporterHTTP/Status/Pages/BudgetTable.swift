import Usage

/// The budgets of calls: what is allowed, what was made of it, and how fresh figures can be with it.
struct BudgetTable {
    let budgets: [CallBudget]

    /// Nothing without budgets.
    var html: String {
        guard !budgets.isEmpty else { return "" }
        let columns = [
            HTMLTable.Column(title: "API"), HTMLTable.Column(title: "Accounts"),
            HTMLTable.Column(title: "Apps", isNumber: true), HTMLTable.Column(title: "Spacing kept"),
            HTMLTable.Column(title: "Calls an hour", isNumber: true), HTMLTable.Column(title: "Failed", isNumber: true),
            HTMLTable.Column(title: "Waiting", isNumber: true), HTMLTable.Column(title: "Freshness"),
        ]
        return """
            <section aria-labelledby="budgets"><h2 id="budgets">Call budgets</h2>
            \(HTMLTable(caption: "What providers allow, and what is made of it", columns: columns, rows: budgets.map(cells)).html)
            </section>
            """
    }

    private func cells(_ budget: CallBudget) -> [String] {
        [
            "\(HTMLText(budget.provider)) <small>\(HTMLText(budget.api))</small>",
            budget.accounts.map { Markup.name($0) }.joined(separator: ", "),
            Words.grouped(budget.apps), spacing(budget), calls(budget),
            Words.grouped(budget.failed), Words.grouped(budget.waiting), budget.freshness?.words ?? Words.unknown,
        ]
    }

    private func spacing(_ budget: CallBudget) -> String {
        let kept = Words.span(budget.spacing)
        guard budget.spacing > budget.allowedSpacing else { return kept }
        return
            "\(kept) <small>instead of \(Words.span(budget.allowedSpacing)): the provider asked for fewer calls</small>"
    }

    private func calls(_ budget: CallBudget) -> String {
        let allowed = Words.grouped(Int(budget.allowedPerHour.rounded()))
        guard let made = budget.madePerHour else {
            return "\(Words.count(budget.calls, "call")) so far <small>of \(allowed) an hour</small>"
        }
        let share = Words.share(Int(made.rounded()), of: Int(budget.allowedPerHour.rounded())) ?? Words.unknown
        let since = Words.span(.seconds(Int(budget.countedFor / .seconds(60)) * 60))
        return "\(Words.grouped(Int(made.rounded()))) of \(allowed) <small>\(share), on average of \(since)</small>"
    }
}

extension CallBudget.Freshness {
    /// `every 5 min`, `every 5 min 20 s instead of 5 min`, `every 5 min to 1 h instead of 5 min`.
    var words: String {
        let (short, long) = (Words.span(Self.rounded(shortest)), Words.span(Self.rounded(longest)))
        let every = short == long ? "every \(short)" : "every \(short) to \(long)"
        return Self.rounded(longest) > wanted ? "\(every) instead of \(Words.span(wanted))" : every
    }

    /// Nobody reads fractions of a second.
    private static func rounded(_ duration: Duration) -> Duration {
        duration < .seconds(1) ? duration : .seconds(Int((duration / .seconds(1)).rounded()))
    }
}
