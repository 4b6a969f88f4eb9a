/// The parameters of DescribeTrtcRoomUsage, checked.
///
/// Source: <https://www.tencentcloud.com/document/product/647/54327>.
struct RoomUsageQuery: Equatable {
    static let action = "DescribeTrtcRoomUsage"
    /// How many days before the current one can be asked for.
    static let reach = 90

    let app: String
    /// Start of the window, in Unix milliseconds.
    let from: Int
    /// End of the window, in Unix milliseconds.
    let to: Int

    /// The parameters of an authenticated call; `now` is the provider's moment, in Unix milliseconds.
    init(_ parameters: TencentParameters, now: Int) throws(TencentError) {
        try parameters.allowOnly(["SdkAppid", "StartTime", "EndTime"])
        let sdkAppid = try parameters.present("SdkAppid")
        let startTime = try parameters.present("StartTime")
        let endTime = try parameters.present("EndTime")
        app = try parameters.app("SdkAppid", sdkAppid)
        from = try Self.moment("StartTime", startTime)
        to = try Self.moment("EndTime", endTime)
        try checkWindow(now: now)
    }

    private static func moment(_ name: String, _ value: JSONValue) throws(TencentError) -> Int {
        guard let text = value.string else {
            throw TencentError(.invalidParameter, "The type of the parameter `\(name)` is not string.")
        }
        guard let moment = milliseconds(text) else {
            throw TencentError(.invalidParameter, "The parameter `\(name)` is not written YYYY-MM-DD HH:MM.")
        }
        return moment
    }

    /// The Unix milliseconds of `YYYY-MM-DD HH:MM` at +08:00; `nil` for text in any other form.
    static func milliseconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            let day = SimulatedDay(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = CivilDate.digits(bytes[11..<13]), hour < 24,
            let minute = CivilDate.digits(bytes[14..<16]), minute < 60
        else { return nil }
        return day.start + (hour * 60 + minute) * 60_000
    }

    private func checkWindow(now: Int) throws(TencentError) {
        guard from <= to else { throw TencentError(.invalidParameter, "EndTime is before StartTime.") }
        guard to - from <= SimulatedDay.length else {
            throw TencentError(.invalidParameter, "The queried period exceeds 24 hours.")
        }
        let earliest = SimulatedDay(number: SimulatedDay(containing: now).number - Self.reach).start
        guard from >= earliest else {
            throw TencentError(.invalidParameter, "StartTime is more than \(Self.reach) days ago.")
        }
    }
}
