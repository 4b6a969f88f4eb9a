import Foundation
import Synchronization
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
        let answer = await call.send(
            app: app,
            now: now,
            asking: { TencentRoomUsageRequest(appID: $0, start: start, end: end) },
            read: { response, action throws(ReadingFailure) in
                RoomsOnce(try Self.table(of: response, action: action, now: now))
            }
        )
        // A step of its own, by which the answer's bytes are gone: a million rooms are put in order in their place.
        return await answer.decoded { table in
            let (day, anomalies) = table.take(day: window.last)
            return Reading(
                app: AppKey(provider: .tencent, app: app),
                window: window,
                askedAt: now,
                days: [day],
                anomalies: anomalies
            )
        }
    }

    /// The table that an answer holds: by the short way, or else by the one that finds words for whatever is wrong.
    static func table(
        of response: ProviderResponse,
        action: String,
        now: UnixTime
    ) throws(ReadingFailure) -> RoomUsageTable {
        if response.status == 200, let table = try PlainRoomAnswer.table(in: response.body) { return table }
        let payload = try TencentEnvelope<Payload>.payload(of: response, action: action, now: now)
        return try RoomUsageTable(csv: payload.data)
    }
}

/// Rooms that are handed over: whoever takes them has the only copy.
private final class RoomsOnce: Sendable {
    private let table: Mutex<RoomUsageTable>

    init(_ table: RoomUsageTable) {
        self.table = Mutex(table)
    }

    func take(day: UsageDay) -> (usage: DayUsage, anomalies: [ReadingAnomaly: Int]) {
        table.withLock { $0.take(day: day) }
    }
}

extension ProviderAnswer {
    /// Makes more of the content, beside everything else.
    fileprivate func decoded<Other: Sendable>(
        _ work: @escaping @Sendable (Value) -> Other
    ) async -> ProviderAnswer<Other> {
        let result = result
        return replacing(await AnswerDecoding.run { result.map(work) })
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
