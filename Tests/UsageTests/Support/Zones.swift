import Usage

extension ZoneOffset {
    static let halfPastFiveWest = ZoneOffset(seconds: -(5 * 3600 + 1800))

    /// The zones that a test of day arithmetic goes through.
    static let samples = [ZoneOffset.utc, .beijing, .halfPastFiveWest, ZoneOffset(seconds: 14 * 3600)]
}
