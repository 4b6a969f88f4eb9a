/// How much of a budget is used while work waits.
///
/// A gap between the starts of two calls counts when the first one left something behind that was due, so that work waited all
/// the time, and when nothing but the limiter held it up: no circuit, no bound on calls under way, no restart. The use is the
/// number of these gaps times the spacing, which is the least time that the limit allows for them, over the time they took.
///
/// When the second call had become due does not tell: what waits for an answer about its app first is due in retrospect.
///
/// The sliding judge goes over each run of such gaps with a window of ten counted stretches, and of forty calls at least, that
/// begins at each call.
struct BudgetUse {
    private let spacing: Duration
    private let judged: Int
    private var newest: Duration?
    private var leftWork = false
    private var isHeldUp = false
    /// The newest starts of the present run.
    private var run: [Duration] = []

    /// The gaps that count, and how long they took.
    private(set) var gaps = (count: 0, time: Duration.zero)
    /// The least use by the sliding judge; `nil` while no run was long enough.
    private(set) var worst: Double?
    /// How many gaps did not count although work waited, because of a circuit or of calls under way.
    private(set) var heldUp = 0

    init(spacing: Duration, window: Int) {
        self.spacing = spacing
        judged = max(40, window * 10)
    }

    /// From 0 to 1; `nil` while no work had to wait.
    var share: Double? { gaps.count > 0 ? spacing * gaps.count / gaps.time : nil }

    /// Notes that something else than the limiter keeps a call from going out.
    mutating func holdUp() { isHeldUp = true }

    /// Notes that the process ended.
    mutating func restart() {
        newest = nil
        run = []
    }

    /// Notes that a call starts.
    ///
    /// `leavesWork`: Whether more was due right after it.
    mutating func note(start: Duration, leavesWork: Bool) {
        defer { (newest, leftWork, isHeldUp) = (start, leavesWork, false) }
        guard let newest, leftWork, !isHeldUp else {
            if newest != nil, leftWork, isHeldUp { heldUp += 1 }
            run = [start]
            return
        }
        gaps = (gaps.count + 1, gaps.time + (start - newest))
        run.append(start)
        guard run.count > judged else { return }
        let first = run[run.count - 1 - judged]
        worst = min(worst ?? 1, spacing * judged / (start - first))
        if run.count > judged * 8 { run.removeFirst(run.count - judged) }
    }
}
