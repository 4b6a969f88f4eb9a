import Crypto
public import NIOHTTP1
public import NIOSSL
import Synchronization

/// The web configuration that is in force, and what has to last longer than one: tokens left, passwords that were verified.
public final class ConfiguredWebProtection: WebProtection {
    /// Why settings cannot come into force while the exporter runs, as the middle of a sentence.
    public struct RestartNeeded: Error, Hashable {
        /// Such as "TLS was switched on".
        public let reason: String
    }

    private struct State {
        var settings: WebProtectionSettings
        var users: KnownUsers
        var bucket: TokenBucket?
    }

    private let state: Mutex<State>
    private let credentials: CredentialChecks
    private let uptime: @Sendable () -> Duration

    /// Puts settings in force.
    ///
    /// - Parameters:
    ///   - settings: The first ones.
    ///   - uptime: A monotonic clock.
    public convenience init(_ settings: WebProtectionSettings, uptime: @escaping @Sendable () -> Duration) {
        self.init(
            settings,
            uptime: uptime,
            credentials: CredentialChecks(lanes: HashingLanes(uptime: uptime), uptime: uptime)
        )
    }

    init(
        _ settings: WebProtectionSettings,
        uptime: @escaping @Sendable () -> Duration,
        credentials: CredentialChecks
    ) {
        state = Mutex(
            State(
                settings: settings,
                users: KnownUsers(settings.users),
                bucket: settings.rateLimit.map(TokenBucket.init)
            )
        )
        self.credentials = credentials
        self.uptime = uptime
    }

    /// Puts other settings in force for all connections and requests that come from now on.
    ///
    /// - Throws: ``RestartNeeded``; then nothing has changed.
    public func replace(by settings: WebProtectionSettings) throws(RestartNeeded) {
        let users = KnownUsers(settings.users)
        let problem = state.withLock { state -> RestartNeeded? in
            if let problem = Self.problem(state.settings, settings) { return problem }
            // Whoever has used up their tokens does not get new ones by a change elsewhere in the file.
            if state.settings.rateLimit != settings.rateLimit {
                state.bucket = settings.rateLimit.map(TokenBucket.init)
            }
            state.settings = settings
            state.users = users
            return nil
        }
        if let problem { throw problem }
    }

    private static func problem(_ old: WebProtectionSettings, _ new: WebProtectionSettings) -> RestartNeeded? {
        switch (old.tls, new.tls) {
        case (nil, .some): RestartNeeded(reason: "TLS was switched on")
        case (.some, nil): RestartNeeded(reason: "TLS was switched off")
        default:
            old.offersHTTP2 == new.offersHTTP2
                ? nil : RestartNeeded(reason: "HTTP/2 was switched \(new.offersHTTP2 ? "on" : "off")")
        }
    }

    /// See ``WebProtection/makeTLSHandler()``.
    public func makeTLSHandler() -> NIOSSLServerHandler? {
        state.withLock { $0.settings.tls }?.makeHandler()
    }

    /// See ``WebProtection/offersHTTP2``.
    public var offersHTTP2: Bool { state.withLock { $0.settings.offersHTTP2 } }

    /// See ``WebProtection/headers``.
    public var headers: [(name: String, value: String)] { state.withLock { $0.settings.headers } }

    /// See ``WebProtection/admit(_:)``: first the rate limit, which costs nothing, then user and password.
    public func admit(_ request: HTTPRequestHead) async -> Admission {
        let now = uptime()
        let (hasToken, users) = state.withLock { state in (state.bucket?.take(at: now) ?? true, state.users) }
        guard hasToken else { return .tooMany }
        guard !users.isEmpty else { return .admitted }
        guard let given = BasicCredentials(request.headers) else { return .unauthenticated }
        return switch await credentials.verdict(on: given, among: users) {
        case .verified: .admitted
        case .refused: .unauthenticated
        case .unchecked: .tooMany
        }
    }
}
