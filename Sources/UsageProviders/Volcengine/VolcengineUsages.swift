import Usage

/// The result of ListUsages: one row for each day, in any order; days without usage may be missing.
///
/// All figures are optional in the official SDK's model, so that one which is missing or null is 0.
struct VolcengineUsages: Decodable {
    /// What an answer without a result says.
    static let empty = VolcengineUsages(rows: nil)

    private let rows: [Row]?

    enum CodingKeys: String, CodingKey {
        case rows = "Usages"
    }

    private struct Row: Decodable {
        let time: String
        /// Minutes.
        let figures: FigureRow

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnswerField.self)
            time = try container.decode(String.self, forKey: AnswerField("TimeStamp"))
            let minutes = try VolcengineUsages.tiers.map { name, tier in
                (tier: tier, amount: try container.decodeIfPresent(Double.self, forKey: AnswerField(name)) ?? 0)
            }
            let unknown = container.allKeys.count { column in
                guard column.stringValue.hasPrefix("Video"), VolcengineUsages.tiers[column.stringValue] == nil else {
                    return false
                }
                return ((try? container.decode(Double.self, forKey: column)) ?? 0) > 0
            }
            figures = FigureRow(figures: minutes, unknownTiers: unknown)
        }
    }

    /// The fields of a row that hold figures. The names are not what they are elsewhere: `VideoSD` is 720p and `VideoHD`
    /// 1080p.
    private static let tiers: [String: Tier] = ["Audio": .audio, "VideoSDM": .sd, "VideoSD": .hd, "VideoHD": .fhd]

    /// What the rows tell of the days of a window.
    ///
    /// - Throws: ``ReadingFailure`` with reason `malformed` and the row, counted from 1.
    func days(in window: UsageWindow) throws(ReadingFailure) -> (days: [DayUsage], anomalies: [ReadingAnomaly: Int]) {
        var days = FigureRows<UsageDay>(.minutes)
        for (index, row) in (rows ?? []).enumerated() {
            guard let time = UnixTime(rfc3339: row.time) else {
                throw ReadingFailure(.malformed, "Row \(index + 1) of the answer has no usable TimeStamp.")
            }
            let day = UsageDay(containing: time, zone: window.first.zone)
            try days.append(row.figures, at: window.contains(day) ? day : nil, number: index + 1)
        }
        return (try days.days { $0 }, days.anomalies)
    }
}
