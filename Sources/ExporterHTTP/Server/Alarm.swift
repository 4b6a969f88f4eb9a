import NIOCore

/// Goes off at a time of an event loop. Setting it to a later time, or to none, costs nothing: what is scheduled looks, when
/// its time has come, whether there is longer to wait. Only to be used on that event loop.
final class Alarm {
    private let eventLoop: NIOIsolatedEventLoop
    private let ring: () -> Void
    private var time: NIODeadline?
    private var scheduled: (task: Scheduled<Void>, time: NIODeadline)?

    /// - Parameters:
    ///   - eventLoop: Whose time counts.
    ///   - ring: Called at the time that was set. Must not keep the alarm's owner.
    init(on eventLoop: any EventLoop, ring: @escaping () -> Void) {
        self.eventLoop = eventLoop.assumeIsolated()
        self.ring = ring
    }

    /// Sets the only time at which it goes off; `nil` for never.
    func set(_ time: NIODeadline?) {
        self.time = time
        guard let time else { return }
        if let scheduled {
            guard time < scheduled.time else { return }
            scheduled.task.cancel()
        }
        schedule(time)
    }

    /// Sets it off for good.
    func cancel() {
        time = nil
        scheduled?.task.cancel()
        scheduled = nil
    }

    private func schedule(_ time: NIODeadline) {
        scheduled = (eventLoop.scheduleTask(deadline: time) { self.look() }, time)
    }

    private func look() {
        let now = scheduled?.time
        scheduled = nil
        guard let time, let now else { return }
        guard time <= now else { return schedule(time) }
        self.time = nil
        ring()
    }
}
