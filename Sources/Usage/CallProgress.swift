/// What is told of a call while it is under way, to whoever made it.
public enum CallProgress {
    /// Called when the request is on a connection. That may be long after the call began, since a new connection has to be
    /// made first; and it is the request, not the beginning of the call, that a provider counts.
    ///
    /// Bound to the task that calls and those below it. A transport that cannot tell does not call it.
    @TaskLocal public static var onSent: @Sendable () -> Void = {}
}
