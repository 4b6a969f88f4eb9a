public import Usage

extension Provider {
    /// Tencent Real-Time Communication (TRTC).
    public static let tencent = Provider(rawValue: "tencent")
}

/// What is known of Tencent's service.
public enum TencentProvider {
    /// The Chinese site; the international one is `https://trtc.intl.tencentcloudapi.com`.
    public static let defaultEndpoint = "https://trtc.tencentcloudapi.com"
    /// The data region that both sites support.
    public static let defaultRegion = "ap-guangzhou"
    /// The data regions that the usage actions support.
    public static let regions = ["ap-guangzhou", "ap-singapore"]
    /// App ids are positive 32 bit numbers.
    public static let appIDs = 1...Int(UInt32.max)

    /// The tiers as Tencent names them today, in lower case.
    static let tierNames: [(Tier, String)] = [
        (.audio, "audio"), (.sd, "sd"), (.hd, "hd"), (.fhd, "fullhd"), (.twoK, "2k"), (.fourK, "4k"),
    ]

    /// An app's usage without its rooms. Zone and settle time are not documented, and are those of the action before it.
    public static let trtcUsage = UsageSource(
        provider: .tencent,
        name: "trtc_usage",
        tiers: tierNames.map(\.0),
        knowsRooms: false,
        grain: .minutes,
        reach: 31,
        span: 31,
        leastSpan: 2,
        zone: .beijing,
        settledAfter: .seconds(10 * 3600),
        lag: .zero,
        spacing: .milliseconds(200),
        window: 5
    )

    /// Usage by room. Zone, settle time and lag are not documented and may be corrected by configuration.
    public static let roomUsage = UsageSource(
        provider: .tencent,
        name: "room_usage",
        tiers: tierNames.map(\.0),
        knowsRooms: true,
        grain: .minutes,
        reach: 90,
        zone: .beijing,
        settledAfter: .seconds(10 * 3600),
        lag: .zero,
        spacing: .seconds(15)
    )

    /// An app's usage by the action that came before ``trtcUsage``, which the provider no longer documents and may retire.
    public static let interactiveTime = UsageSource(
        provider: .tencent,
        name: "interactive_time",
        tiers: [.audio, .sd, .hd, .fhd, .mixed],
        knowsRooms: false,
        grain: .minutes,
        reach: 31,
        span: 31,
        leastSpan: 2,
        zone: .beijing,
        settledAfter: .seconds(10 * 3600),
        lag: .zero,
        spacing: .milliseconds(50),
        window: 20
    )

    /// The sources there are, in the order in which they are asked.
    public static let sources = [trtcUsage, roomUsage, interactiveTime]
    /// The sources that are asked by default, the primary one first.
    public static let defaultSources = [trtcUsage, roomUsage]
}
