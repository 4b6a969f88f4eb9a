public import Usage

/// Reads the usage of an app without its rooms by an action that is no longer documented and may be retired.
///
/// Source: DescribeTrtcInteractiveTime, version 2019-07-22, <https://intl.cloud.tencent.com/document/product/647/42971>.
public struct TencentInteractiveTime: UsageReader {
    /// What is known of the source.
    public let source: UsageSource
    private let call: TencentCall

    init(source: UsageSource, call: TencentCall) {
        self.source = source
        self.call = call
    }

    /// Makes one call: rows of five minutes for a window of one day, else of days.
    @concurrent
    public func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
        let source = source
        return await call.read(
            app: app,
            now: now,
            asking: { TencentDatesRequest(action: "DescribeTrtcInteractiveTime", appID: $0, window: window) }
        ) { (payload: InteractiveTimePayload) throws(ReadingFailure) in
            let own = payload.usages.filter { $0.isOf(app) }
            let others = payload.usages.count - own.count
            // Who asked for one app and was told of others only does not know that this one had no usage.
            guard !own.isEmpty || payload.usages.allSatisfy(\.rows.isEmpty) else {
                throw ReadingFailure(.malformed, "The answer is about other apps only.")
            }
            var rows = TencentUsageRows(.seconds, window: window, anomalies: others == 0 ? [:] : [.otherApp: others])
            for (index, row) in own.flatMap(\.rows).enumerated() {
                try rows.append(row.figures, labelled: row.timeKey, number: index + 1)
            }
            return try rows.reading(of: app, by: source, askedAt: now)
        }
    }
}

/// The answer of DescribeTrtcInteractiveTime. Its lists are not marked as ones that may be `null`.
struct InteractiveTimePayload: Decodable {
    let usages: [AppUsage]

    enum CodingKeys: String, CodingKey {
        case usages = "Usages"
    }

    /// The usage of one app, or of all together where no app was asked for.
    struct AppUsage: Decodable {
        /// The app's id, or `total`.
        let app: String
        let rows: [Row]

        enum CodingKeys: String, CodingKey {
            case app = "SdkAppId"
            case rows = "SdkAppIdTrtcTimeUsages"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            rows = try container.decode([Row].self, forKey: .rows)
            // Documented as text, asked for as a number.
            let number = try? container.decode(Int.self, forKey: .app)
            app = try number.map { String($0) } ?? container.decode(String.self, forKey: .app)
        }

        /// Whether it is about that app, whose id is a number.
        func isOf(_ id: String) -> Bool { Int(app).map { $0 == Int(id) } ?? false }
    }

    /// Five figures in seconds, of which no two count the same time.
    struct Row: Decodable {
        let timeKey: String
        let audio: Double
        let sd: Double
        let hd: Double
        let fhd: Double
        /// Documented as returned only for accounts of before 2019-10-11 that are still billed without tiers.
        let mixed: Double?

        enum CodingKeys: String, CodingKey {
            case timeKey = "TimeKey"
            case audio = "AudioTime"
            case sd = "VideoTimeSd"
            case hd = "VideoTimeHd"
            case fhd = "VideoTimeHdp"
            case mixed = "AudioVideoTime"
        }

        var figures: FigureRow {
            FigureRow(figures: [(.audio, audio), (.sd, sd), (.hd, hd), (.fhd, fhd), (.mixed, mixed ?? 0)])
        }
    }
}
