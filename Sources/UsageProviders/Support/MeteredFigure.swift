import Usage

/// A figure of an answer in whole seconds, in which providers meter.
struct MeteredFigure {
    /// What a provider counts in.
    enum Unit: Double {
        case seconds = 1
        case minutes = 60
    }

    /// An app's figures in an answer are not believed beyond this sum: a hundred million people, the whole day.
    static let largestTotal = 10_000_000_000_000

    /// Rounded to the nearest second.
    let seconds: Int
    /// Whether it was a whole number of seconds, as far as a number with a binary point can be.
    let isWhole: Bool

    /// `nil` for what no app can have used: a negative or infinite number, or more than ``RoundedSeconds/largest`` seconds.
    init?(_ amount: Double, _ unit: Unit) {
        let exact = amount * unit.rawValue
        guard exact.isFinite, exact >= 0, exact <= Double(RoundedSeconds.largest) else { return nil }
        let nearest = exact.rounded()
        seconds = Int(nearest)
        isWhole = abs(exact - nearest) <= 1e-6 * max(exact, 1)
    }
}
