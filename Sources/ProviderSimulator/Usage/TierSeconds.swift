/// Usage in the six tiers of the provider, in participant-seconds: three people in a ten minute call are 1 800.
///
/// Whole seconds, never negative in a figure that the generator made. As JSON an object with the keys `audio`, `sd`,
/// `hd`, `fhd`, `2k` and `4k`.
public struct TierSeconds: Hashable, Sendable, Codable {
    /// Seconds of audio without any video.
    public var audio: Int
    /// Seconds of standard definition video.
    public var sd: Int
    /// Seconds of high definition video.
    public var hd: Int
    /// Seconds of full high definition video.
    public var fhd: Int
    /// Seconds of 2K video.
    public var twoK: Int
    /// Seconds of 4K video.
    public var fourK: Int

    /// No usage.
    public static let zero = TierSeconds()

    private enum CodingKeys: String, CodingKey {
        case audio, sd, hd, fhd
        case twoK = "2k"
        case fourK = "4k"
    }

    /// Usage from its six parts, each in seconds.
    public init(audio: Int = 0, sd: Int = 0, hd: Int = 0, fhd: Int = 0, twoK: Int = 0, fourK: Int = 0) {
        self.audio = audio
        self.sd = sd
        self.hd = hd
        self.fhd = fhd
        self.twoK = twoK
        self.fourK = fourK
    }

    /// All tiers together, in seconds.
    public var sum: Int { audio + sd + hd + fhd + twoK + fourK }

    /// The six figures in the order of the provider's columns: audio, SD, HD, FullHD, 2K, 4K.
    public var columns: [Int] { [audio, sd, hd, fhd, twoK, fourK] }

    /// The same change made to every tier.
    func map(_ change: (Int) -> Int) -> TierSeconds {
        TierSeconds(
            audio: change(audio),
            sd: change(sd),
            hd: change(hd),
            fhd: change(fhd),
            twoK: change(twoK),
            fourK: change(fourK)
        )
    }

    /// Tier by tier.
    public static func + (lhs: TierSeconds, rhs: TierSeconds) -> TierSeconds {
        TierSeconds(
            audio: lhs.audio + rhs.audio,
            sd: lhs.sd + rhs.sd,
            hd: lhs.hd + rhs.hd,
            fhd: lhs.fhd + rhs.fhd,
            twoK: lhs.twoK + rhs.twoK,
            fourK: lhs.fourK + rhs.fourK
        )
    }

    /// Tier by tier; negative where more is taken than was there.
    public static func - (lhs: TierSeconds, rhs: TierSeconds) -> TierSeconds {
        lhs + rhs.map { -$0 }
    }

    /// Tier by tier.
    public static func += (lhs: inout TierSeconds, rhs: TierSeconds) {
        lhs = lhs + rhs
    }
}
