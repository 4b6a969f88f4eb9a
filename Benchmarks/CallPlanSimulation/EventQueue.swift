/// Something that happens at a moment of the simulated time.
enum SimulationEvent {
    /// A budget looks for its next call; an older edition than the budget's own means that another moment was chosen since.
    case step(budget: Int, edition: Int)
    /// A call gets to the provider.
    case arrival(budget: Int, call: Int)
    /// A call is over.
    case answer(budget: Int, call: Int)
    /// Somebody else calls with a budget's key.
    case otherTool(budget: Int)
    /// The process ends, and another one begins.
    case restart
    /// The machine's wall clock is set.
    case clockStep(Duration)
    /// The figures are looked at.
    case sample
}

/// What is still to happen, the earliest first, in the order of adding where moments are the same: a binary heap.
struct EventQueue {
    private struct Entry {
        let uptime: Duration
        let number: Int
        let event: SimulationEvent

        func precedes(_ other: Entry) -> Bool {
            uptime != other.uptime ? uptime < other.uptime : number < other.number
        }
    }

    private var heap: [Entry] = []
    private var count = 0

    /// Adds an event.
    mutating func add(_ event: SimulationEvent, at uptime: Duration) {
        count += 1
        heap.append(Entry(uptime: uptime, number: count, event: event))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the earliest event out, if it comes before `end`.
    mutating func next(before end: Duration) -> (uptime: Duration, event: SimulationEvent)? {
        guard let first = heap.first, first.uptime < end else { return nil }
        removeFirst()
        return (first.uptime, first.event)
    }

    private mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].precedes(heap[first]) { first = child }
            }
            guard first != parent else { return }
            heap.swapAt(parent, first)
            parent = first
        }
    }
}
