public import Usage

extension Provider {
    /// Tencent Real-Time Communication (TRTC).
    public static let tencent = Provider(rawValue: "tencent")
}

/// What is known of Tencent's service, and how its readers are made.
public enum TencentProvider {
    /// The Chinese site; the international one is `https://trtc.intl.tencentcloudapi.com`.
    public static let defaultEndpoint = "https://trtc.tencentcloudapi.com"
    /// The data region that both sites support.
    public static let defaultRegion = "ap-guangzhou"
    /// The data regions that the usage actions support.
    public static let regions = ["ap-guangzhou", "ap-singapore"]
    /// App ids are positive 32 bit numbers.
    public static let appIDs = 1...Int(UInt32.max)

    /// Usage by room. Zone, settle time and lag are not documented and may be corrected by configuration.
    public static let roomUsage = UsageSource(
        provider: .tencent,
        name: "room_usage",
        tiers: [.audio, .sd, .hd, .fhd, .twoK, .fourK],
        knowsRooms: true,
        grain: .minutes,
        reach: 90,
        zone: .beijing,
        settledAfter: .seconds(10 * 3600),
        lag: .zero,
        spacing: .seconds(15)
    )

    /// The sources there are, in the order in which they are asked by default.
    public static let sources = [roomUsage]

    /// Makes the reader of a source.
    ///
    /// - Parameters:
    ///   - source: One of ``sources``, with the user's corrections.
    ///   - endpoint: The site, or a simulator.
    ///   - region: One of ``regions``.
    ///   - credentials: The account's key.
    ///   - transport: The way there.
    /// - Returns: `nil` when there is no such source.
    public static func reader(
        for source: UsageSource,
        endpoint: Endpoint,
        region: String,
        credentials: TencentCredentials,
        transport: any ProviderTransport
    ) -> (any UsageReader)? {
        let call = TencentCall(endpoint: endpoint, region: region, credentials: credentials, transport: transport)
        return source.name == roomUsage.name ? TencentRoomUsage(source: source, call: call) : nil
    }
}
