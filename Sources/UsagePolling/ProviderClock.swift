import Usage

/// The provider's clock, as far as its answers tell it.
///
/// It is carried on by the uptime and not by this machine's wall clock, so that a step of the latter is seen at once and
/// moves nothing. While both agree to a minute the wall clock is good enough, and finer than a header.
struct ProviderClock: Sendable {
    /// What signatures tolerate many times over, and what is worth a warning.
    static let tolerance = Duration.seconds(60)

    /// Whether a header tells the same time as the wall clock, as nearly as it matters.
    static func agree(_ header: UnixTime, _ wall: UnixTime) -> Bool {
        header - wall < tolerance && wall - header < tolerance
    }

    private var known: (time: UnixTime, uptime: Duration)?

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
