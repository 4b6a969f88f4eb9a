import Foundation
import Usage

/// An answer of DescribeTrtcRoomUsage with made-up rooms, each with up to a day of seconds in each of six tiers.
struct SampleAnswer {
    private static let header = #"{"Response":{"Data":"RoomId,Audio,SD,hd,FullHD,2K,4K\n"#
    private static let end = #"","RequestId":"eac6b301-a322-493a-8e36-83b295459397"}}"#

    /// How many.
    let rooms: Int

    /// All figures together.
    var sum: Int {
        (0..<rooms).reduce(0) { sum, room in (0..<6).reduce(sum) { $0 + seconds(room, tier: $1) } }
    }

    /// The body, with the rooms in the order of their ids or in none.
    func body(shuffled: Bool = false) -> Data {
        var body = Data(Self.header.utf8)
        for place in 0..<rooms {
            // A prime, so that each room comes once.
            let room = shuffled ? place * 7_368_787 % rooms : place
            let digits = "\(room)"
            let zeros = String(repeating: "0", count: max(0, 6 - digits.utf8.count))
            let figures = (0..<6).map { "\(seconds(room, tier: $0))" }.joined(separator: ",")
            body.append(contentsOf: "room-\(zeros)\(digits),\(figures)\\n".utf8)
        }
        body.append(contentsOf: Self.end.utf8)
        return body
    }

    private func seconds(_ room: Int, tier: Int) -> Int {
        Int((UInt64(room * 8 + tier + 1) &* 0x9e37_79b9_7f4a_7c15) >> 40) % 86_400
    }
}
