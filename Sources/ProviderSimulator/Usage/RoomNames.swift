/// Room ids as customers choose them: names, names with commas, Chinese names, bare numbers, one-day tickets.
enum RoomNames {
    private static let words = [
        "physics", "algebra", "standup", "planning", "clinic", "triage", "lobby", "raid", "studio", "help", "guild",
        "interview", "history", "sales", "chorus", "review",
    ]
    private static let subjects = [
        "数学公开课", "直播间", "周会", "高三(2)班-语文", "客服专线", "心理咨询室", "公会语音", "新品发布",
    ]

    /// The id of an app's room. No two ranks of an app share one; one in eight, but none of the largest, is new each day.
    static func id(rank: Int, app: StableHash, day: SimulatedDay) -> String {
        let naming = app.mixed(.naming)
        let hash = naming.mixed(rank)
        let word = words[hash.below(words.count)]
        // By rank and not by chance, so that an app of eight rooms has every kind.
        switch (rank + naming.below(8)) % 8 {
        case 0: return "\(word.capitalized), group \(rank + 1)"
        case 1: return String(10_007 + rank * 37)
        case 2: return "\(subjects[hash.below(subjects.count)])-\(rank + 1)"
        case 3 where rank >= 3: return "\(word)-\(day)-\(rank + 1)"
        default: return "\(word)-\(rank + 1)"
        }
    }
}

extension String {
    /// The text with its first letter in upper case.
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
