/// Days in an order of choice, the first one at hand: a binary heap.
///
/// What is in it is never taken out of the middle: whoever reads it knows by the edition whether an entry still holds.
struct DueQueue: Sendable {
    /// A day as it was when it was put in.
    struct Entry: Sendable {
        let day: DueDay
        /// The moment at which it has to be looked at, for queues that go by it.
        let moment: Duration
        let edition: Int
    }

    private var heap: [Entry] = []
    private let precedes: @Sendable (Entry, Entry) -> Bool

    /// An empty queue in the order of moments.
    static var byMoment: DueQueue { DueQueue { $0.moment < $1.moment } }

    /// An empty queue in the order in which days of one kind are asked for.
    static var byUrgency: DueQueue { DueQueue { $0.day.precedes($1.day) } }

    private init(_ precedes: @escaping @Sendable (Entry, Entry) -> Bool) {
        self.precedes = precedes
    }

    /// The first one.
    var first: Entry? { heap.first }

    /// How many there are, those that hold no more among them.
    var count: Int { heap.count }

    /// Puts one in.
    mutating func insert(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the first one out.
    mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if precedes(heap[child], heap[first]) { first = child }
            }
            guard first != parent else { return }
            heap.swapAt(parent, first)
            parent = first
        }
    }
}
