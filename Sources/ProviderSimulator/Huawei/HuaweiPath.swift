/// The paths that Huawei's RTC service has.
enum HuaweiPath: Equatable {
    /// `/v1/{project_id}/rtc/history/usage`.
    case usage(project: String)
    /// `/v2/apps`.
    case apps

    /// The path of a call; `nil` for any other, also for one with another slash.
    init?(_ call: ReceivedCall) {
        guard call.method == "GET" else { return nil }
        let parts = call.path.split(separator: "/", omittingEmptySubsequences: false).map(PercentEncoding.decoded)
        if parts == ["", "v2", "apps"] {
            self = .apps
        } else if parts.count == 6, parts[0].isEmpty, parts[1] == "v1", !parts[2].isEmpty,
            parts[3...] == ["rtc", "history", "usage"]
        {
            self = .usage(project: parts[2])
        } else {
            return nil
        }
    }

    var api: SimulatedAPI {
        switch self {
        case .usage: .historyUsage
        case .apps: .apps
        }
    }

    var project: String? {
        switch self {
        case .usage(let project): project
        case .apps: nil
        }
    }
}
