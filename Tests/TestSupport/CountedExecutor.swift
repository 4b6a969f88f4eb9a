import Dispatch

/// Runs jobs one after the other and tells the clock of each, so that time stands still while one runs.
public final class CountedExecutor: TaskExecutor {
    private let clock: TurnedClock
    private let queue = DispatchQueue(label: "jobs")

    /// An executor whose jobs a clock knows of.
    public init(clock: TurnedClock) {
        self.clock = clock
    }

    /// Runs a job after those before it.
    public func enqueue(_ job: consuming ExecutorJob) {
        clock.jobBegins()
        let job = UnownedJob(job)
        queue.async {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
            self.clock.jobEnds()
        }
    }
}
