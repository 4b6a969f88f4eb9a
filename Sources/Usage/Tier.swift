/// A quality class that providers meter and bill apart, in our words; each provider's folder maps its own words to these.
public enum Tier: String, CaseIterable, Sendable {
    /// Time in which no video was received.
    case audio
    /// Standard definition.
    case sd
    /// 720p and the like.
    case hd
    /// 1080p and the like.
    case fhd
    /// Above 1080p, up to 2560 x 1440.
    case twoK = "2k"
    /// Above 2K.
    case fourK = "4k"
    /// Audio and video of accounts that are billed without tiers.
    case mixed
}
