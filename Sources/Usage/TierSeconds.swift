/// Participant-seconds per tier: three people in a ten minute call are 1,800.
///
/// Whole seconds, never negative. Seven plain fields instead of a dictionary, because a reading may hold a million of these.
public struct TierSeconds: Hashable, Sendable {
    /// No usage at all.
    public static let zero = TierSeconds()

    private var audio = 0
    private var sd = 0
    private var hd = 0
    private var fhd = 0
    private var twoK = 0
    private var fourK = 0
    private var mixed = 0

    /// No usage at all.
    public init() {}

    /// Usage in the six tiers of video and audio.
    public init(audio: Int, sd: Int, hd: Int, fhd: Int, twoK: Int, fourK: Int) {
        (self.audio, self.sd, self.hd, self.fhd, self.twoK, self.fourK) = (audio, sd, hd, fhd, twoK, fourK)
    }

    /// Usage in the tiers named, none in the others.
    public init(_ seconds: [Tier: Int]) {
        for (tier, value) in seconds {
            self[tier] = value
        }
    }

    /// The seconds of one tier.
    public subscript(tier: Tier) -> Int {
        get {
            switch tier {
            case .audio: audio
            case .sd: sd
            case .hd: hd
            case .fhd: fhd
            case .twoK: twoK
            case .fourK: fourK
            case .mixed: mixed
            }
        }
        set {
            switch tier {
            case .audio: audio = newValue
            case .sd: sd = newValue
            case .hd: hd = newValue
            case .fhd: fhd = newValue
            case .twoK: twoK = newValue
            case .fourK: fourK = newValue
            case .mixed: mixed = newValue
            }
        }
    }

    /// All tiers together, in seconds.
    public var total: Int { audio + sd + hd + fhd + twoK + fourK + mixed }

    /// Whether there was no usage in any tier.
    public var isZero: Bool { self == .zero }

    /// Adds tier by tier. The sources bound what they accept, so that no sum of a reading can overflow.
    public static func + (left: TierSeconds, right: TierSeconds) -> TierSeconds {
        left.combined(with: right, +)
    }

    /// Adds tier by tier.
    public static func += (left: inout TierSeconds, right: TierSeconds) {
        left = left + right
    }

    /// Joins two figures tier by tier.
    public func combined(with other: TierSeconds, _ join: (Int, Int) -> Int) -> TierSeconds {
        var result = TierSeconds()
        result.audio = join(audio, other.audio)
        result.sd = join(sd, other.sd)
        result.hd = join(hd, other.hd)
        result.fhd = join(fhd, other.fhd)
        result.twoK = join(twoK, other.twoK)
        result.fourK = join(fourK, other.fourK)
        result.mixed = join(mixed, other.mixed)
        return result
    }
}
