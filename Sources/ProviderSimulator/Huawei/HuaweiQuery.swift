/// What is asked of Huawei, checked.
enum HuaweiQuery: Equatable {
    case usage(HuaweiUsageQuery)
    case apps(page: Int, limit: Int, apps: [SimulatedApp])
}

/// The parameters of the usage query.
///
/// Source: <https://support.huaweicloud.com/intl/en-us/api-rtc/ListRtcHistoryUsage.html>.
struct HuaweiUsageQuery: Equatable {
    static let metric = "CommunicationDuration"
    /// How many days one call can ask for.
    static let longest = 31

    let app: String
    /// The days that are answered, as numbers in UTC.
    let days: Range<Int>

    init(_ call: ReceivedCall, endDate: HuaweiEndDate) throws(HuaweiError) {
        app = try Self.present("app", call)
        guard try Self.present("metric", call) == Self.metric else {
            throw HuaweiError(.parameter, "The value of parameter 'metric' is not supported")
        }
        let start = try Self.day("start_date", call)
        let end = try Self.day("end_date", call) + (endDate == .inclusive ? 1 : 0)
        guard start <= end else { throw HuaweiError(.parameter, "start_date is later than end_date") }
        guard end - start <= Self.longest else {
            throw HuaweiError(.parameter, "The query period exceeds \(Self.longest) days")
        }
        days = start..<end
    }

    private static func present(_ name: String, _ call: ReceivedCall) throws(HuaweiError) -> String {
        guard let value = call.queryValue(name), !value.isEmpty else { throw .missing(name) }
        return value
    }

    private static func day(_ name: String, _ call: ReceivedCall) throws(HuaweiError) -> Int {
        guard let date = CivilDate(try present(name, call)) else {
            throw HuaweiError(.parameter, "The value of parameter '\(name)' is not written YYYY-MM-DD")
        }
        return date.dayNumber
    }
}
