/// Usage in the six tiers of the providers, in participant-seconds: three people in a ten minute call are 1 800.
///
/// Whole seconds, never negative in a figure that the generator made. As JSON an object with the keys `audio`, `sd`,
/// `hd`, `fhd`, `2k` and `4k`, and `mixed` where that is not zero.
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
    /// Seconds that the provider tells without their tier.
    public var mixed: Int

    /// No usage.
    public static let zero = TierSeconds()

    private enum CodingKeys: String, CodingKey {
        case audio, sd, hd, fhd, mixed
        case twoK = "2k"
        case fourK = "4k"
    }

    /// Usage from its parts, each in seconds.
    public init(
        audio: Int = 0,
        sd: Int = 0,
        hd: Int = 0,
        fhd: Int = 0,
        twoK: Int = 0,
        fourK: Int = 0,
        mixed: Int = 0
    ) {
        self.audio = audio
        self.sd = sd
        self.hd = hd
        self.fhd = fhd
        self.twoK = twoK
        self.fourK = fourK
        self.mixed = mixed
    }

    /// Usage from JSON; a missing `mixed` is zero.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            audio: try values.decode(Int.self, forKey: .audio),
            sd: try values.decode(Int.self, forKey: .sd),
            hd: try values.decode(Int.self, forKey: .hd),
            fhd: try values.decode(Int.self, forKey: .fhd),
            twoK: try values.decode(Int.self, forKey: .twoK),
            fourK: try values.decode(Int.self, forKey: .fourK),
            mixed: try values.decodeIfPresent(Int.self, forKey: .mixed) ?? 0
        )
    }

    /// Writes the six tiers, and what has no tier when there is any.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(audio, forKey: .audio)
        try values.encode(sd, forKey: .sd)
        try values.encode(hd, forKey: .hd)
        try values.encode(fhd, forKey: .fhd)
        try values.encode(twoK, forKey: .twoK)
        try values.encode(fourK, forKey: .fourK)
        if mixed != 0 { try values.encode(mixed, forKey: .mixed) }
    }

    /// All tiers together, in seconds.
    public var sum: Int { audio + sd + hd + fhd + twoK + fourK + mixed }

    /// The six figures in the order of the provider's columns: audio, SD, HD, FullHD, 2K, 4K.
    public var columns: [Int] { [audio, sd, hd, fhd, twoK, fourK] }

    /// The same usage in the four tiers of those who count 2K and 4K as full high definition.
    var inFourTiers: TierSeconds { TierSeconds(audio: audio, sd: sd, hd: hd, fhd: fhd + twoK + fourK, mixed: mixed) }

    /// The same usage without tiers.
    var untiered: TierSeconds { TierSeconds(mixed: sum) }

    /// Rounded up to whole minutes in each tier, still in seconds.
    var roundedUpToMinutes: TierSeconds { map { ($0 + 59) / 60 * 60 } }

    /// The same change made to every tier.
    func map(_ change: (Int) -> Int) -> TierSeconds {
        TierSeconds(
            audio: change(audio),
            sd: change(sd),
            hd: change(hd),
            fhd: change(fhd),
            twoK: change(twoK),
            fourK: change(fourK),
            mixed: change(mixed)
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
            fourK: lhs.fourK + rhs.fourK,
            mixed: lhs.mixed + rhs.mixed
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
