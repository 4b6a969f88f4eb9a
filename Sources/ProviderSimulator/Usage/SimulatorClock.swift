import Foundation
import Synchronization

/// The provider's clocks: a wall clock that can be turned, stopped and set going again, and a monotonic one for limits.
///
/// Both time sources are parameters. Turning the wall clock does not move the monotonic one.
public final class SimulatorClock: Sendable {
    private struct State {
        /// Milliseconds by which the simulated clock is ahead of the source.
        var offset = 0
        /// The moment at which the clock stands; `nil` while it runs.
        var standing: Int?
    }

    private let wall: @Sendable () -> Int
    private let monotonic: @Sendable () -> Duration
    private let state = Mutex(State())

    /// A running clock.
    ///
    /// - Parameters:
    ///   - start: What it shows at first, in Unix milliseconds; `nil` for what its source shows.
    ///   - wall: The source that it runs along, in Unix milliseconds.
    ///   - monotonic: Time since a fixed moment; never falls.
    public init(
        startingAt start: Int? = nil,
        wall: @escaping @Sendable () -> Int = SimulatorClock.systemWall,
        monotonic: @escaping @Sendable () -> Duration = SimulatorClock.systemMonotonic()
    ) {
        self.wall = wall
        self.monotonic = monotonic
        if let start { set(to: start) }
    }

    /// What the provider's wall clock shows, in Unix milliseconds.
    public var now: Int {
        let real = wall()
        return state.withLock { $0.standing ?? real + $0.offset }
    }

    /// Time since a fixed moment, not moved by turning the wall clock.
    public var elapsed: Duration { monotonic() }

    /// Whether the wall clock stands still.
    public var isStopped: Bool { state.withLock { $0.standing != nil } }

    /// Makes the wall clock stand still; without effect while it does.
    public func stop() {
        let real = wall()
        state.withLock { $0.standing = $0.standing ?? real + $0.offset }
    }

    /// Lets a stopped wall clock run on from where it stands.
    public func resume() {
        let real = wall()
        state.withLock { state in
            guard let standing = state.standing else { return }
            state.offset = standing - real
            state.standing = nil
        }
    }

    /// Turns the wall clock to a moment; it goes on running or standing as before.
    ///
    /// - Parameter milliseconds: Unix time in milliseconds.
    public func set(to milliseconds: Int) {
        let real = wall()
        state.withLock { state in
            if state.standing == nil {
                state.offset = milliseconds - real
            } else {
                state.standing = milliseconds
            }
        }
    }

    /// Turns the wall clock forward, or back with a negative duration; counted in milliseconds.
    public func advance(by duration: Duration) {
        state.withLock { state in
            state.offset += duration.milliseconds
            state.standing = state.standing.map { $0 + duration.milliseconds }
        }
    }

    /// The machine's wall clock, in Unix milliseconds.
    @Sendable public static func systemWall() -> Int {
        Int((Date().timeIntervalSince1970 * 1_000).rounded(.down))
    }

    /// The machine's monotonic clock, counted from this call on.
    public static func systemMonotonic() -> @Sendable () -> Duration {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }
}
