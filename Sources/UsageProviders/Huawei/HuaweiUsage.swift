import Usage

/// The answer to a query of usage: one row for each date, in any order; dates without usage may be missing.
///
/// All but the date is optional in the official SDK's model, so that what is missing or null is 0.
struct HuaweiUsage: Decodable {
    private let rows: [Row]?

    enum CodingKeys: String, CodingKey {
        case rows = "usage"
    }

    private struct Row: Decodable {
        let date: String
        /// Seconds.
        let figures: FigureRow
        /// What fields of tiers hold that are not known.
        let unknown: Double
        let total: Double?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnswerField.self)
            date = try container.decode(String.self, forKey: AnswerField("date"))
            let seconds = try HuaweiUsage.tiers.map { name, tier in
                (tier: tier, amount: try container.decodeIfPresent(Double.self, forKey: AnswerField(name)) ?? 0)
            }
            total = try container.decodeIfPresent(Double.self, forKey: AnswerField("total_duration"))
            let strangers = container.allKeys.compactMap { column -> Double? in
                guard column.stringValue.hasPrefix("video_"), HuaweiUsage.tiers[column.stringValue] == nil else {
                    return nil
                }
                return try? container.decode(Double.self, forKey: column)
            }
            unknown = strangers.reduce(0, +)
            figures = FigureRow(figures: seconds, unknownTiers: strangers.count { $0 > 0 })
        }

        /// Whether the row's total is that of its parts, as far as it has one. A tier that is not known is told already, and
        /// is a part of the total like the others. Parts with a fraction may have been rounded each.
        func hasTotal(of parts: TierSeconds) -> Bool {
            guard let total else { return true }
            let sum = figures.figures.reduce(unknown) { $0 + $1.amount }
            return abs(total - sum) < 0.5 || abs(total - Double(parts.total) - unknown) < 0.5
        }
    }

    /// The fields of a row that hold figures.
    private static let tiers: [String: Tier] = ["audio": .audio, "video_sd": .sd, "video_hd": .hd, "video_hdp": .fhd]

    /// What the rows tell of the days of a window.
    ///
    /// - Throws: ``ReadingFailure`` with reason `malformed` and the row, counted from 1.
    func days(in window: UsageWindow) throws(ReadingFailure) -> (days: [DayUsage], anomalies: [ReadingAnomaly: Int]) {
        var days = FigureRows<UsageDay>(.seconds)
        for (index, row) in (rows ?? []).enumerated() {
            guard let day = UsageDay(date: row.date, zone: window.first.zone) else {
                throw ReadingFailure(.malformed, "Row \(index + 1) of the answer has no usable date.")
            }
            let isAsked = window.contains(day)
            let figures = try days.append(row.figures, at: isAsked ? day : nil, number: index + 1)
            if isAsked, !row.hasTotal(of: figures) { days.count(.totalMismatch, 1) }
        }
        return (try days.days { $0 }, days.anomalies)
    }
}

extension UsageDay {
    /// Reads `2026-02-28`.
    fileprivate init?(date text: String, zone: ZoneOffset) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 3 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2], zone: zone)
    }
}
