import Foundation
import Usage
import UsagePolling

/// The machine's clocks: the only place where they are read.
enum SystemClock {
    /// The wall clock.
    @Sendable static func now() -> UnixTime {
        UnixTime(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// The clocks that polling goes by, with a wall clock of choice.
    static func pollClock(wall: @escaping @Sendable () -> UnixTime) -> PollClock {
        let start = ContinuousClock.now
        return PollClock(
            now: wall,
            uptime: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0, tolerance: .zero, clock: .continuous) }
        )
    }
}
