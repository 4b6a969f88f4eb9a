import ProviderSimulator
import Synchronization

/// Time that only moves when a test turns it.
final class Dial: Sendable {
    private struct Hands {
        var wall: Int
        var monotonic: Duration
    }

    private let hands: Mutex<Hands>

    /// - Parameter wall: Unix milliseconds.
    init(_ wall: Int) {
        hands = Mutex(Hands(wall: wall, monotonic: .zero))
    }

    /// Lets time pass, on both clocks.
    func pass(_ duration: Duration) {
        hands.withLock { hands in
            hands.monotonic += duration
            hands.wall += Int(duration / .milliseconds(1))
        }
    }

    /// A simulator clock that shows what the dial shows.
    var clock: SimulatorClock {
        SimulatorClock(
            wall: { self.hands.withLock { $0.wall } },
            monotonic: { self.hands.withLock { $0.monotonic } }
        )
    }
}
