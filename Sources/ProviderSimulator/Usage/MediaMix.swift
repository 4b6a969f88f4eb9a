/// What kind of media an app's users send, and with it how usage falls into tiers.
public enum MediaMix: String, Hashable, Sendable, CaseIterable {
    /// Nearly all audio: support lines, game voice.
    case voice
    /// Half audio, some video in small pictures.
    case meeting
    /// Mostly HD video.
    case classroom
    /// Mostly FullHD, with some 2K and 4K.
    case broadcast

    /// Thousandths of the usage in each tier.
    var shares: TierSeconds {
        switch self {
        case .voice: TierSeconds(audio: 960, sd: 40)
        case .meeting: TierSeconds(audio: 420, sd: 180, hd: 340, fhd: 60)
        case .classroom: TierSeconds(audio: 250, sd: 150, hd: 520, fhd: 80)
        case .broadcast: TierSeconds(audio: 80, sd: 20, hd: 250, fhd: 560, twoK: 70, fourK: 20)
        }
    }

    /// `seconds` split into tiers, a little differently for each room.
    func split(_ seconds: Int, by hash: StableHash) -> TierSeconds {
        let weights = TierSeconds(
            audio: shares.audio * (700 + hash.mixed(1).below(600)),
            sd: shares.sd * (700 + hash.mixed(2).below(600)),
            hd: shares.hd * (700 + hash.mixed(3).below(600)),
            fhd: shares.fhd * (700 + hash.mixed(4).below(600)),
            twoK: shares.twoK * (700 + hash.mixed(5).below(600)),
            fourK: shares.fourK * (700 + hash.mixed(6).below(600))
        )
        let sum = max(weights.sum, 1)
        return weights.map { seconds * $0 / sum }
    }
}
