/// Tasks that begin and end while a service runs, and that all end with it.
struct ChildTasks: Sendable {
    /// A hold on one task.
    struct Hold: Sendable {
        fileprivate let end: AsyncStream<Never>.Continuation

        /// Cancels the task.
        func release() { end.finish() }
    }

    private struct Child: Sendable {
        let end: AsyncStream<Never>
        let body: @Sendable () async -> Void

        func run() async {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await body() }
                group.addTask { for await _ in end {} }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private let children: AsyncStream<Child>
    private let entrance: AsyncStream<Child>.Continuation

    init() {
        (children, entrance) = AsyncStream.makeStream()
    }

    /// Begins a task; while nothing runs them yet, it waits for that.
    @discardableResult
    func begin(_ body: @escaping @Sendable () async -> Void) -> Hold {
        let (end, continuation) = AsyncStream.makeStream(of: Never.self)
        entrance.yield(Child(end: end, body: body))
        return Hold(end: continuation)
    }

    /// Runs them until the task is cancelled, and all of them with it.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await child in children { group.addTask { await child.run() } }
        }
    }
}
