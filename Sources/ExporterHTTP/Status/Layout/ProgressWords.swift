import Usage

extension DayProgress {
    /// How the day compares with the one before: `12 % more than yesterday at this time`; `nil` when that is not
    /// known, or of less than half of the apps.
    func comparison(now: UnixTime, apps: Int = 1) -> String? {
        guard let sameHours, sameHours.apps * 2 >= apps else { return nil }
        let isToday = day.start <= now && now < day.end
        let before = isToday ? "yesterday" : "the day before"
        let change = Words.change(from: sameHours.before, to: sameHours.now)
        let word = change == "as much" ? "as" : "than"
        let part = sameHours.apps < apps ? " (\(Words.grouped(sameHours.apps)) of \(Words.count(apps, "app")))" : ""
        return "\(change) \(word) \(before) \(isOver ? "as a whole" : "at this time")\(part)"
    }

    /// `some apps until 09:00 only`; `nil` where all of them reach about as far.
    var laggards: String? {
        guard through - leastThrough >= .seconds(1800) else { return nil }
        return "some apps until \(Words.clock(leastThrough, of: day)) only"
    }

    /// `expected 3,000 h to 4,000 h`.
    var expectation: String? {
        expected.map { "expected for the whole day: \(Words.hours($0.low)) to \(Words.hours($0.high))" }
    }

    /// The figures of the chart in words.
    func words(now: UnixTime, apps: Int = 1) -> String {
        let sentences = [
            "\(day) until \(Words.clock(through, of: day)): \(Words.hours(seconds))",
            laggards,
            comparison(now: now, apps: apps),
            sameHours.map { "the day before until then: \(Words.hours($0.before))" },
            secondsBefore.map { "the day before as a whole: \(Words.hours($0))" },
            expectation,
        ]
        return sentences.compactMap(\.self).joined(separator: "; ") + "."
    }
}

extension MonthProgress {
    /// `3 % less than on the same 21 days of October`.
    var comparison: String? {
        guard let sameDays else { return nil }
        let change = Words.change(from: sameDays.before, to: sameDays.now)
        let word = change == "as much" ? "as" : "than"
        let days = sameDays.days == 1 ? "the first day" : "the first \(sameDays.days) days"
        return "\(change) \(word) \(days) of \(Words.monthName(month.previous))"
    }

    /// The figures of the chart in words.
    var words: String {
        let sentences = [
            "\(Words.month(month)): \(Words.hours(seconds)) so far",
            comparison.map { "the days that are over had \($0)" },
            days.words,
        ]
        return sentences.compactMap(\.self).joined(separator: "; ") + "."
    }
}

extension [DayBar] {
    /// The highest day, and how many are not final.
    var words: String {
        var sentences: [String] = []
        if let highest = self.max(by: { ($0.seconds ?? -1) < ($1.seconds ?? -1) }), let seconds = highest.seconds {
            sentences.append("highest day \(highest.day) with \(Words.hours(seconds))")
        }
        for (state, text) in [(DayBar.State.provisional, "provisional"), (.missing, "missing or incomplete")] {
            let count = count { $0.state == state }
            if count > 0 { sentences.append("\(Words.count(count, "day")) \(text)") }
        }
        return sentences.isEmpty ? "no day is known" : sentences.joined(separator: "; ")
    }
}
