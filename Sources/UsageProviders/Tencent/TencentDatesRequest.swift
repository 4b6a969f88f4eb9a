import Usage

/// The parameters of the actions that take dates, of which both ends are meant.
struct TencentDatesRequest: Encodable, TencentParameters {
    let action: String
    let appID: Int
    /// `YYYY-MM-DD`.
    let start: String
    /// `YYYY-MM-DD`, at most 30 days later; the same day for rows of five minutes.
    let end: String

    init(action: String, appID: Int, window: UsageWindow) {
        self.action = action
        self.appID = appID
        start = window.first.description
        end = window.last.description
    }

    enum CodingKeys: String, CodingKey {
        case appID = "SdkAppId"
        case start = "StartTime"
        case end = "EndTime"
    }
}
