/// How old the newest reading of each app's running day gets, against the interval that the plan told for it.
///
/// The age counts from the call that was answered to the answer of the next one, so that slow answers are in it. It is compared
/// with the longest interval that was told meanwhile.
package struct AgeWatch: Sendable {
    /// A time without a reading.
    package struct Gap: Sendable {
        /// Which of the budget's apps.
        package var target: Int
        /// When it ended.
        package var uptime: Duration
        /// How old the reading got.
        package var age: Duration
        /// The longest interval that was told meanwhile.
        package var told: Duration
        /// How many calls for the app failed in a row before the gap ended.
        package var failures: Int
        /// How long they made it wait.
        package var waits: Duration

        /// The age in intervals.
        package var ratio: Double { age / told }
        /// Whether calls for the app failed one after the other: how long to wait then is told by the failures.
        package var hasFailuresInARow: Bool { failures > 1 }
        /// The age in intervals, less the waits after failures where there were some in a row.
        package var ratioBesidesWaits: Double { hasFailuresInARow ? (age - waits) / told : ratio }
    }

    private struct App {
        var newest: Duration
        var told = Duration.zero
        var toldNow = Duration.zero
        var failures = 0
        var waits = Duration.zero
    }

    private var apps: [App]
    /// The worst gap in which no two calls for the app failed in a row.
    private(set) var worst: Gap?
    /// The worst one in which some did.
    private(set) var worstFailing: Gap?
    /// The gaps that were longer than one and a half of the told intervals.
    private(set) var long: [Gap] = []

    init(apps: Int, since uptime: Duration) {
        self.apps = Array(repeating: App(newest: uptime), count: apps)
    }

    /// When the newest reading of an app was asked for.
    func newest(of target: Int) -> Duration { apps[target].newest }

    /// Whether an app's reading is older than it may be by what was told.
    func isLong(_ target: Int, at uptime: Duration) -> Bool {
        uptime - apps[target].newest > apps[target].told * 1.5
    }

    /// Notes what the plan tells now.
    mutating func note(told intervals: [Duration]) {
        for (target, interval) in intervals.enumerated() {
            apps[target].toldNow = interval
            apps[target].told = max(apps[target].told, interval)
        }
    }

    /// Notes that a call for the running day failed.
    mutating func fail(_ target: Int, wait: Duration) {
        apps[target].failures += 1
        apps[target].waits += wait
    }

    /// Notes an answer about the running day.
    mutating func succeed(_ target: Int, askedAt: Duration, at uptime: Duration) {
        guard askedAt > apps[target].newest else { return }
        judge(target, at: uptime)
        let toldNow = apps[target].toldNow
        apps[target] = App(newest: askedAt, told: toldNow, toldNow: toldNow)
    }

    /// Judges the ages as they are at the end.
    mutating func finish(at uptime: Duration) {
        for target in apps.indices { judge(target, at: uptime) }
    }

    private mutating func judge(_ target: Int, at uptime: Duration) {
        let app = apps[target]
        guard app.told > .zero else { return }
        let gap = Gap(
            target: target,
            uptime: uptime,
            age: uptime - app.newest,
            told: app.told,
            failures: app.failures,
            waits: app.waits
        )
        if gap.ratio > 1.5 { long.append(gap) }
        if !gap.hasFailuresInARow {
            if gap.ratio > worst?.ratio ?? 0 { worst = gap }
        } else if gap.ratio > worstFailing?.ratio ?? 0 {
            worstFailing = gap
        }
    }
}
