import Foundation
import NIOCore
import Synchronization

/// The connections of all servers: how many there may be, and which one gives way to another.
final class ConnectionRegister: Sendable {
    /// What a connection is told.
    enum Order: Sendable {
        /// End as soon as nothing is being answered.
        case finish
        /// End if nothing is being answered.
        case giveWay
        /// End now.
        case end
    }

    /// One connection.
    final class Entry: Sendable {
        fileprivate static let busy = UInt64.max

        private let channel: any Channel
        /// Since when it waits for a request to arrive, in nanoseconds of the event loop's clock.
        fileprivate let waitingSince: Atomic<UInt64>

        fileprivate init(_ channel: any Channel) {
            self.channel = channel
            waitingSince = Atomic(channel.eventLoop.now.uptimeNanoseconds)
        }

        /// Notes that something is being answered: it gives way to no other one.
        func isBusy() {
            waitingSince.store(Self.busy, ordering: .relaxed)
        }

        /// Notes that it waits for a request from now on.
        func isWaiting(since now: NIODeadline) {
            waitingSince.store(now.uptimeNanoseconds, ordering: .relaxed)
        }

        fileprivate func tell(_ order: Order) {
            channel.pipeline.fireUserInboundEventTriggered(order)
        }
    }

    /// The most there ever are.
    private static let usual = 512
    /// How many open files the exporter needs for itself: ledger, event loops, calls to providers.
    private static let ownDescriptors = 64

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let most: Int
    private let state = Mutex(State())

    /// - Parameter most: How many connections there are at most.
    init(most: Int) {
        self.most = most
    }

    /// How many connections there may be where a process may have so many files open: a full table would stop polls, too, and
    /// nobody could give way to a connection that cannot be accepted.
    static func most(descriptors: Int) -> Int {
        min(usual, max(descriptors - ownDescriptors, descriptors / 4, 1))
    }

    /// How many files this process may have open.
    static var mostDescriptors: Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }

    /// Takes in a new connection. Where there are too many, the one that waits for a request for the longest gives way.
    ///
    /// - Returns: `nil` when all others are being answered, and when no more are taken in.
    func add(_ channel: any Channel) -> Entry? {
        let entry = Entry(channel)
        let (isTaken, leaving) = state.withLock { state -> (Bool, Entry?) in
            guard !state.isClosed else { return (false, nil) }
            var leaving: Entry?
            if state.entries.count >= most {
                leaving = state.entries.values.min { $0.since < $1.since }.flatMap { $0.since == Entry.busy ? nil : $0 }
                guard let leaving else { return (false, nil) }
                // So that the next one does not ask it again before it has gone.
                leaving.isBusy()
            }
            state.entries[ObjectIdentifier(entry)] = entry
            return (true, leaving)
        }
        leaving?.tell(.giveWay)
        return isTaken ? entry : nil
    }

    /// Forgets a connection that has ended.
    func remove(_ entry: Entry) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.entries[ObjectIdentifier(entry)] = nil
            guard state.entries.isEmpty else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Takes in no more connections, and gives those that there are an order.
    func close(_ order: Order) {
        let entries = state.withLock { state in
            state.isClosed = true
            return Array(state.entries.values)
        }
        for entry in entries { entry.tell(order) }
    }

    /// Waits until there are none.
    func allGone() async {
        await withCheckedContinuation { waiter in
            let isEmpty = state.withLock { state in
                if !state.entries.isEmpty { state.waiters.append(waiter) }
                return state.entries.isEmpty
            }
            if isEmpty { waiter.resume() }
        }
    }
}

extension ConnectionRegister.Entry {
    fileprivate var since: UInt64 { waitingSince.load(ordering: .relaxed) }
}
