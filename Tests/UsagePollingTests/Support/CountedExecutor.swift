import Dispatch

/// Runs jobs one after the other and tells the clock of each, so that time stands still while one runs.
final class CountedExecutor: TaskExecutor {
    private let clock: TurnedClock
    private let queue = DispatchQueue(label: "jobs")

    init(clock: TurnedClock) {
        self.clock = clock
    }

    func enqueue(_ job: consuming ExecutorJob) {
        clock.jobBegins()
        let job = UnownedJob(job)
        queue.async {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
            self.clock.jobEnds()
        }
    }
}
