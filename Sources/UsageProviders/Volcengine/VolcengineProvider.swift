public import Usage

extension Provider {
    /// Volcengine Real-Time Communication (RTC).
    public static let volcengine = Provider(rawValue: "volcengine")
}

/// What is known of Volcengine's service.
public enum VolcengineProvider {
    /// The entry in mainland China; the one outside is `https://open-ap-singapore-1.volcengineapi.com`.
    public static let defaultEndpoint = "https://rtc.volcengineapi.com"
    /// The region that requests are signed for. For the entry in Singapore the documentation says `ap-southeast-1` and the
    /// official Go SDK `ap-singapore-1`, so that any region may be named.
    public static let defaultRegion = "cn-north-1"

    /// Usage by day. When figures are final is not documented; that they come eight hours late is.
    public static let listUsages = UsageSource(
        provider: .volcengine,
        name: "list_usages",
        tiers: [.audio, .sd, .hd, .fhd],
        knowsRooms: false,
        grain: .days,
        reach: 30,
        span: 30,
        zone: .beijing,
        settledAfter: .seconds(9 * 3600),
        lag: .seconds(8 * 3600),
        spacing: .milliseconds(500),
        window: 2
    )

    /// The sources there are.
    public static let sources = [listUsages]
    /// The sources that are asked by default, the primary one first.
    public static let defaultSources = [listUsages]
}
