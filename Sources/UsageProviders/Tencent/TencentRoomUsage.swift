import Foundation
public import Usage

/// Reads the usage of an app by room.
///
/// Source: DescribeTrtcRoomUsage, version 2019-07-22, <https://cloud.tencent.com/document/api/647/89181> and
/// <https://www.tencentcloud.com/document/product/647/54327>.
public struct TencentRoomUsage: UsageReader {
    /// What is known of the source.
    public let source: UsageSource
    private let call: TencentCall

    init(source: UsageSource, call: TencentCall) {
        self.source = source
        self.call = call
    }

    private struct Payload: Decodable {
        let data: String

        enum CodingKeys: String, CodingKey {
            case data = "Data"
        }
    }

    /// Makes one call: one total per room over the window.
    @concurrent
    public func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
        let (start, end) = (window.start.minuteText(in: source.zone), window.end.minuteText(in: source.zone))
        return await call.read(
            app: app,
            now: now,
            asking: { TencentRoomUsageRequest(appID: $0, start: start, end: end) }
        ) { (payload: Payload) throws(ReadingFailure) in
            let table = try RoomUsageTable(csv: payload.data)
            return Reading(
                app: AppKey(provider: .tencent, app: app),
                window: window,
                askedAt: now,
                rooms: table.rooms,
                anomalies: table.anomalies
            )
        }
    }
}

/// The parameters of DescribeTrtcRoomUsage. This action alone spells the app's id with a small `i` in the last word.
struct TencentRoomUsageRequest: Encodable, TencentParameters {
    var action: String { "DescribeTrtcRoomUsage" }

    let appID: Int
    /// `YYYY-MM-DD HH:MM`.
    let start: String
    /// `YYYY-MM-DD HH:MM`, at most 24 hours later.
    let end: String

    enum CodingKeys: String, CodingKey {
        case appID = "SdkAppid"
        case start = "StartTime"
        case end = "EndTime"
    }
}
