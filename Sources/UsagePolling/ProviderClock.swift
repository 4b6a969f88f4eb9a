import Usage

/// The provider's clock, as far as its answers tell it.
///
/// It is carried on by the uptime and not by this machine's wall clock, so that a step of the latter is seen at once and
/// moves nothing. While both agree to a minute the wall clock is good enough, and finer than a header.
struct ProviderClock: Sendable {
    /// What signatures tolerate many times over, and what is worth a warning.
    static let tolerance = Duration.seconds(60)

    private var known: (time: UnixTime, uptime: Duration)?

    /// Notes what an answer tells of the time, if it can be trusted.
    ///
    /// Only who has just proved to be the provider, or complains of our clock, is believed: any machine on the way may answer
    /// with an error page and a clock of its own. Who agrees with this machine is believed in any case: that ends a correction
    /// which has become wrong.
    ///
    /// - Returns: Whether it was believed.
    mutating func observe<Value>(
        _ answer: ProviderAnswer<Value>,
        wall: UnixTime,
        uptime: Duration,
        took: Duration
    ) -> Bool {
        guard let time = answer.providerTime else { return false }
        let agrees = time - wall < Self.tolerance && wall - time < Self.tolerance
        guard answer.result.provesProvider || agrees else { return false }
        observe(time, wall: wall, uptime: uptime, took: took)
        return true
    }

    /// Notes a `Date` header, which was written at some moment of the call and is cut to a second.
    ///
    /// Of all differences that explain it the least is taken.
    mutating func observe(_ header: UnixTime, wall: UnixTime, uptime: Duration, took: Duration) {
        let (least, most) = (header - wall, header + .seconds(1) - (wall - took))
        let offset = least > .zero ? least : most < .zero ? most : .zero
        known = (wall + offset, uptime)
    }

    /// The provider's clock less the wall clock; `nil` before any answer.
    func offset(wall: UnixTime, uptime: Duration) -> Duration? {
        known.map { $0.time + (uptime - $0.uptime) - wall }
    }

    /// The time to sign and to choose days by.
    func now(wall: UnixTime, uptime: Duration) -> UnixTime {
        guard let offset = offset(wall: wall, uptime: uptime) else { return wall }
        return offset > Self.tolerance || offset < .zero - Self.tolerance ? wall + offset : wall
    }
}
