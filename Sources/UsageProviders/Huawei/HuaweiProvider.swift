public import Usage

extension Provider {
    /// Huawei Cloud's real-time communication, SparkRTC.
    public static let huawei = Provider(rawValue: "huawei")
}

/// What is known of Huawei's service.
public enum HuaweiProvider {
    /// One address for all regions: <https://support.huaweicloud.com/api-rtc/rtc_07_0001.html>.
    public static let defaultEndpoint = "https://rtc-api.myhuaweicloud.com"
    /// Where IAM users get their tokens: <https://support.huaweicloud.com/api-iam/iam_30_0001.html>.
    public static let defaultIAMEndpoint = "https://iam.myhuaweicloud.com"

    /// Usage by day. Reach, span and settle time are not documented; the service's other queries by day reach 31 days.
    ///
    /// The span leaves room for one day more, which is asked for because nobody says whether the last one is included. One call
    /// at a time, and one of the list of apps beside it: no third one may wait for what comes of their signatures.
    public static let historyUsage = UsageSource(
        provider: .huawei,
        name: "history_usage",
        tiers: [.audio, .sd, .hd, .fhd],
        knowsRooms: false,
        grain: .days,
        reach: 31,
        span: 30,
        mostInFlight: 1,
        zone: .utc,
        settledAfter: .seconds(24 * 3600),
        lag: .zero,
        spacing: .seconds(2),
        window: 30
    )

    /// The sources there are.
    public static let sources = [historyUsage]
    /// The sources that are asked by default, the primary one first.
    public static let defaultSources = [historyUsage]
}
