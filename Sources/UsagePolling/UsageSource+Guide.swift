public import Usage

extension UsageSource {
    /// The source that tells when an app is in use, so that this one need not ask often when it is not.
    ///
    /// Only rooms are worth it: what an app's totals rest on is asked for whatever others say.
    ///
    /// - Parameter others: The sources of the app, this one among them or not.
    /// - Returns: The first that tells the running day without a lag, goes by the same days and allows at least four calls in
    ///   the time of one of this source; `nil` when there is none.
    public func guide(among others: [UsageSource]) -> UsageSource? {
        guard knowsRooms else { return nil }
        return others.first { other in
            other.name != name && other.grain == .minutes && other.lag == .zero && other.zone == zone
                && other.spacing * 4 <= spacing
        }
    }
}
