extension UsageTruth {
    /// What a source says about one day of an app: what a client that behaves perfectly must hold.
    ///
    /// The room source tells usage to the second, the others in whole slots of five minutes that have arrived.
    ///
    /// - Parameters:
    ///   - source: The API that is asked.
    ///   - app: The app's id.
    ///   - day: Days since 1970-01-01 in the source's zone.
    ///   - now: The simulator's moment, in Unix milliseconds.
    /// - Returns: Seconds; `nil` when the source would not list that day, or does not know the app.
    public func claimed(_ source: SimulatedSource, app: String, day: Int, now: Int) -> TierSeconds? {
        guard let simulated = self.app(app, of: source.provider) else { return nil }
        let shown = usage(source, simulated, day: day, now: now)
        return lists(source, simulated, day: day, now: now, usage: shown) ? shown : nil
    }

    /// The newest day that a source lists, not more than 31 days ago.
    ///
    /// - Returns: Days since 1970-01-01 in the source's zone; `nil` when it lists none.
    public func newestDay(_ source: SimulatedSource, app: String, now: Int) -> Int? {
        let today = source.day(containing: now)
        return (0...31).lazy.map { today - $0 }.first { claimed(source, app: app, day: $0, now: now) != nil }
    }

    /// What Tencent's app usage says about each five minutes of a day that have arrived.
    ///
    /// - Parameters:
    ///   - source: `trtc_usage` or `interactive_time`; there is nothing for the others.
    ///   - app: The app's id.
    ///   - day: Days since 1970-01-01 at +08:00.
    ///   - now: The simulator's moment, in Unix milliseconds.
    /// - Returns: Seconds for each slot from 00:00 on, up to 288 of them.
    public func fiveMinutes(_ source: SimulatedSource, app: String, day: Int, now: Int) -> [TierSeconds] {
        guard source == .trtcUsage || source == .interactiveTime, let simulated = self.app(app, of: .tencent) else {
            return []
        }
        let civil = SimulatedDay(number: day)
        let state = state(of: civil, simulated, now: now)
        let slots = civil.second(at: arrival(source, simulated, now: now)) / 300
        var sums = [TierSeconds](repeating: .zero, count: slots)
        for room in generator.rooms(of: simulated, on: civil) {
            let first = min(room.curve.start / 300, slots)
            var before = TierSeconds.zero
            for slot in first..<min(max(first, (room.curve.end + 299) / 300), slots) {
                let after = state.cumulative(room, at: slot * 300 + 300)
                sums[slot] += after - before
                before = after
            }
        }
        return sums.map { Self.told(source, simulated, $0) }
    }

    /// The moment up to which a source tells usage at `now`, both in Unix milliseconds.
    func arrival(_ source: SimulatedSource, _ app: SimulatedApp, now: Int) -> Int {
        let horizon =
            source == .listUsages ? now - 8 * 3_600_000 : configuration.lag.horizon(at: now, generator.hash(of: app))
        return source == .roomUsage ? horizon : CivilDate.floorDivide(horizon, 300_000) * 300_000
    }

    private func usage(_ source: SimulatedSource, _ app: SimulatedApp, day: Int, now: Int) -> TierSeconds {
        let start = source.start(ofDay: day)
        let end = min(start + SimulatedDay.length, arrival(source, app, now: now))
        guard start < end else { return .zero }
        let days = SimulatedDay(containing: start).number...SimulatedDay(containing: end - 1).number
        let sum = days.reduce(TierSeconds.zero) { sum, number in
            let civil = SimulatedDay(number: number)
            let state = state(source, civil, app, sourceDayEnd: start + SimulatedDay.length, now: now)
            let (first, last) = (civil.second(at: start), civil.second(at: end))
            return generator.rooms(of: app, on: civil).reduce(sum) { sum, room in
                guard room.curve.start < last else { return sum }
                return sum + state.cumulative(room, at: last) - state.cumulative(room, at: first)
            }
        }
        return Self.told(source, app, sum)
    }

    private func state(
        _ source: SimulatedSource,
        _ civil: SimulatedDay,
        _ app: SimulatedApp,
        sourceDayEnd end: Int,
        now: Int
    ) -> DayState {
        switch source {
        case .roomUsage, .trtcUsage, .interactiveTime: state(of: civil, app, now: now)
        // An hour before Tencent: figures that are 8 hours late are complete at 08:00.
        case .listUsages: state(of: civil, app, now: now, early: 3_600_000)
        case .historyUsage:
            DayState(
                revised: !configuration.revisions || now >= end + 12 * 3_600_000,
                growth: configuration.restatement?.growth(of: end, now: now) ?? 0
            )
        }
    }

    /// Usage in the tiers and the precision of a source.
    private static func told(_ source: SimulatedSource, _ app: SimulatedApp, _ usage: TierSeconds) -> TierSeconds {
        switch source {
        case .roomUsage, .trtcUsage: usage
        case .interactiveTime: app.isLegacy ? usage.untiered : usage.inFourTiers
        case .historyUsage: usage.inFourTiers
        case .listUsages: usage.inFourTiers.roundedUpToMinutes
        }
    }

    private func lists(
        _ source: SimulatedSource,
        _ app: SimulatedApp,
        day: Int,
        now: Int,
        usage: TierSeconds
    ) -> Bool {
        let start = source.start(ofDay: day)
        let end = start + SimulatedDay.length
        let isUsed = usage != .zero
        let hasBegun = arrival(source, app, now: now) > start
        return switch source {
        case .roomUsage: day >= source.day(containing: now) - RoomUsageQuery.reach
        case .trtcUsage, .interactiveTime: isUsed || (configuration.zeroRows && hasBegun)
        case .historyUsage:
            (isUsed || (configuration.quietDays == .zero && hasBegun)) && (configuration.huaweiListsToday || end <= now)
        case .listUsages:
            (isUsed || (configuration.quietDays == .zero && hasBegun)) && end > now - 30 * SimulatedDay.length
        }
    }
}
