/// A cloud that is played. The raw value is the name used at the control endpoints.
public enum SimulatedProvider: String, Hashable, Sendable, CaseIterable, Codable {
    /// Tencent Real-Time Communication.
    case tencent
    /// Huawei Cloud SparkRTC.
    case huawei
    /// Volcengine RTC.
    case volcengine
}

/// Something that can be called and that has a limit of its own. The raw value is the name used at the control endpoints.
public enum SimulatedAPI: String, Hashable, Sendable, CaseIterable, Codable {
    /// Tencent's DescribeTrtcRoomUsage.
    case roomUsage = "room_usage"
    /// Tencent's DescribeTrtcUsage.
    case trtcUsage = "trtc_usage"
    /// Tencent's DescribeTrtcInteractiveTime.
    case interactiveTime = "interactive_time"
    /// Huawei's `GET /v1/{project_id}/rtc/history/usage`.
    case historyUsage = "history_usage"
    /// Volcengine's ListUsages.
    case listUsages = "list_usages"
    /// The list of an account's apps: Huawei's `GET /v2/apps`, Volcengine's ListApps.
    case apps
    /// Huawei's `POST /v3/auth/tokens`.
    case iamTokens = "iam_tokens"

    /// The usage source that this is; `nil` for an API that tells no usage.
    public var source: SimulatedSource? { SimulatedSource(rawValue: rawValue) }
}

/// One of the five APIs that tell usage. The raw value is the exporter's name of the source.
public enum SimulatedSource: String, Hashable, Sendable, CaseIterable, Codable {
    /// Tencent's DescribeTrtcRoomUsage: seconds per room and window.
    case roomUsage = "room_usage"
    /// Tencent's DescribeTrtcUsage: minutes per five minutes or day.
    case trtcUsage = "trtc_usage"
    /// Tencent's DescribeTrtcInteractiveTime: seconds per five minutes or day, in fewer tiers.
    case interactiveTime = "interactive_time"
    /// Huawei's usage query: seconds per UTC day.
    case historyUsage = "history_usage"
    /// Volcengine's ListUsages: whole minutes per day.
    case listUsages = "list_usages"

    /// The API that is called.
    public var api: SimulatedAPI {
        switch self {
        case .roomUsage: .roomUsage
        case .trtcUsage: .trtcUsage
        case .interactiveTime: .interactiveTime
        case .historyUsage: .historyUsage
        case .listUsages: .listUsages
        }
    }

    /// Who offers the API.
    public var provider: SimulatedProvider {
        switch self {
        case .roomUsage, .trtcUsage, .interactiveTime: .tencent
        case .historyUsage: .huawei
        case .listUsages: .volcengine
        }
    }

    /// How far the zone of the source's days is ahead of UTC, in seconds.
    public var zoneOffsetSeconds: Int { self == .historyUsage ? 0 : 8 * 3_600 }

    /// The number of the day in which a moment lies.
    ///
    /// - Parameter milliseconds: Unix time in milliseconds.
    /// - Returns: Days since 1970-01-01 in the source's zone.
    public func day(containing milliseconds: Int) -> Int {
        CivilDate.floorDivide(milliseconds + zoneOffsetSeconds * 1_000, SimulatedDay.length)
    }

    /// The first moment of a day of the source.
    ///
    /// - Parameter day: Days since 1970-01-01 in the source's zone.
    /// - Returns: Unix time in milliseconds.
    public func start(ofDay day: Int) -> Int { day * SimulatedDay.length - zoneOffsetSeconds * 1_000 }
}
