import Synchronization

/// Caps how many scrapes are answered at once, so that a herd of scrapers cannot take the memory of them all.
final class ScrapeGate: Sendable {
    /// A place among the scrapes that are under way, given back when nobody holds it any more: also when a client leaves
    /// before its answer is written.
    final class Place: Sendable {
        private let gate: ScrapeGate

        init(gate: ScrapeGate) {
            self.gate = gate
        }

        deinit {
            gate.taken.withLock { $0 -= 1 }
        }
    }

    private let most: Int
    private let taken = Mutex(0)

    /// - Parameter most: How many at once; 0 for any number.
    init(most: Int) {
        self.most = most
    }

    /// Takes a place; `nil` when there is none.
    func enter() -> Place? {
        let isFree = taken.withLock { taken in
            guard most == 0 || taken < most else { return false }
            taken += 1
            return true
        }
        return isFree ? Place(gate: self) : nil
    }
}
