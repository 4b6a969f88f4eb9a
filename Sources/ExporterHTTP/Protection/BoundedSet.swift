/// A set that forgets what came first when it is full.
struct BoundedSet<Element: Hashable> {
    private let capacity: Int
    private var members: Set<Element> = []
    /// In the order in which they came, as a ring once it is full.
    private var order: [Element] = []
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    func contains(_ element: Element) -> Bool { members.contains(element) }

    mutating func insert(_ element: Element) {
        guard members.insert(element).inserted else { return }
        guard order.count == capacity else {
            order.append(element)
            return
        }
        members.remove(order[oldest])
        order[oldest] = element
        oldest = (oldest + 1) % capacity
    }
}
