import Foundation

/// CPU time, user and system: these figures hold on a busy machine, where wall time does not.
enum CPUTime {
    /// What this process used so far, in seconds.
    static var own: Double {
        var usage = rusage()
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let (user, system) = (usage.ru_utime, usage.ru_stime)
        return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1_000_000
    }

    /// What a piece of work takes.
    static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let start = own
        try await work()
        return own - start
    }

    /// The median over several runs of what a piece of work takes.
    static func median(of runs: Int, _ work: () throws -> Void) rethrows -> Double {
        var times: [Double] = []
        for _ in 0..<runs {
            let start = own
            try work()
            times.append(own - start)
        }
        return times.sorted()[runs / 2]
    }
}
