public import Usage

/// Reads the usage of an app without its rooms.
///
/// Source: DescribeTrtcUsage, version 2019-07-22, <https://cloud.tencent.com/document/api/647/74978> and
/// <https://www.tencentcloud.com/document/api/647/54137>.
public struct TencentUsage: UsageReader {
    /// What is known of the source.
    public let source: UsageSource
    private let call: TencentCall

    init(source: UsageSource, call: TencentCall) {
        self.source = source
        self.call = call
    }

    /// The SDK's model marks neither list as one that may be `null`, so that an answer without them is not believed to mean
    /// that there was no usage.
    private struct Payload: Decodable {
        let keys: [String]
        let rows: [Row]

        enum CodingKeys: String, CodingKey {
            case keys = "UsageKey"
            case rows = "UsageList"
        }

        struct Row: Decodable {
            let timeKey: String
            /// Minutes, in the order of the keys.
            let minutes: [Double]

            enum CodingKeys: String, CodingKey {
                case timeKey = "TimeKey"
                case minutes = "UsageValue"
            }
        }
    }

    /// Makes one call: rows of five minutes for a window of one day, else of days.
    @concurrent
    public func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
        let source = source
        return await call.read(
            app: app,
            now: now,
            asking: { TencentDatesRequest(action: "DescribeTrtcUsage", appID: $0, window: window) }
        ) { (payload: Payload) throws(ReadingFailure) in
            let columns = try TencentUsageColumns(keys: payload.keys)
            var rows = TencentUsageRows(.minutes, window: window)
            for (index, row) in payload.rows.enumerated() {
                let figures = try columns.row(minutes: row.minutes, number: index + 1)
                try rows.append(figures, labelled: row.timeKey, number: index + 1)
            }
            return try rows.reading(of: app, by: source, askedAt: now)
        }
    }
}

/// Which place in a row stands for which tier, by the names that come with the answer, whatever their order and case.
struct TencentUsageColumns {
    private let tiers: [Tier?]

    /// - Throws: ``ReadingFailure`` with reason `malformed` when a name stands there twice.
    init(keys: [String]) throws(ReadingFailure) {
        let names = keys.map { $0.filter { !$0.isWhitespace }.lowercased() }
        guard Set(names).count == names.count else {
            throw ReadingFailure(.malformed, "A name stands twice among the usage keys of the answer.")
        }
        tiers = names.map { name in TencentProvider.tierNames.first { $0.1 == name }?.0 }
    }

    /// The figures of one row. A tier without a key had no usage.
    func row(minutes: [Double], number: Int) throws(ReadingFailure) -> FigureRow {
        guard minutes.count == tiers.count, tiers.contains(where: { $0 != nil }) else {
            throw ReadingFailure(.malformed, "Row \(number) of the answer does not have one figure per usage key.")
        }
        let figures = zip(tiers, minutes)
        return FigureRow(
            figures: figures.compactMap { tier, amount in tier.map { (tier: $0, amount: amount) } },
            unknownTiers: figures.count { tier, amount in tier == nil && amount > 0 }
        )
    }
}
