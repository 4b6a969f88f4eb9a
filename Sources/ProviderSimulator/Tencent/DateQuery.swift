/// The parameters that DescribeTrtcUsage and DescribeTrtcInteractiveTime share, checked.
///
/// Sources: <https://cloud.tencent.com/document/api/647/74978> and
/// <https://intl.cloud.tencent.com/document/product/647/42971>.
struct DateQuery: Equatable {
    /// How many days one call can ask for.
    static let longest = 31

    /// The app; `nil` for the sum of the account's.
    let app: String?
    /// The days, the last one included.
    let days: ClosedRange<Int>

    /// Whether the rows are of five minutes each; else of days.
    var isFine: Bool { days.count == 1 }

    /// The parameters of an authenticated call.
    init(_ parameters: TencentParameters) throws(TencentError) {
        try parameters.allowOnly(["SdkAppId", "StartTime", "EndTime"])
        let start = try Self.day("StartTime", try parameters.present("StartTime"))
        let end = try Self.day("EndTime", try parameters.present("EndTime"))
        if let value = parameters["SdkAppId"] { app = try parameters.app("SdkAppId", value) } else { app = nil }
        guard start <= end else { throw TencentError(.invalidParameter, "EndTime is before StartTime.") }
        guard end - start < Self.longest else {
            throw TencentError(.queryScaleOversize, "The queried period exceeds \(Self.longest) days.")
        }
        days = start...end
    }

    private static func day(_ name: String, _ value: JSONValue) throws(TencentError) -> Int {
        guard let day = value.string.flatMap({ CivilDate($0) }) else {
            throw TencentError(.invalidParameter, "The parameter `\(name)` is not written YYYY-MM-DD.")
        }
        return day.dayNumber
    }
}
