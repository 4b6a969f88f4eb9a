import Exposition
import Usage

/// An app's usage by room and tier: the one family that may have a million samples.
struct UsageTable {
    private let labels: LabelSet
    private let source: UsageSource

    /// - Parameters:
    ///   - app: Whose usage it is.
    ///   - source: Who tells it.
    init(_ app: AppKey, of source: UsageSource) {
        labels = ["provider": app.provider.rawValue, "app": app.app]
        self.source = source
    }

    /// A named room has samples for tiers above 0 only; the sum of all others, or of everything where the source knows no rooms,
    /// has one for every tier that the source tells apart, and for others that have some.
    func encoded(_ rooms: FoldedRooms) -> EncodedFamily {
        let other = source.knowsRooms ? rooms.other : rooms.named.total + rooms.other
        let tiers = Tier.allCases.filter { source.tiers.contains($0) || other[$0] > 0 }
        var table = TableEncoder(UsageFamilies.usage, shared: labels, columns: tiers.map(\.rawValue))
        var values = [Int?](repeating: nil, count: tiers.count)
        for room in source.knowsRooms ? rooms.named : [] {
            for (column, tier) in tiers.enumerated() {
                values[column] = room.seconds[tier] > 0 ? room.seconds[tier] : nil
            }
            table.append(row: room.room.text, values)
        }
        for (column, tier) in tiers.enumerated() { values[column] = other[tier] }
        table.append(row: source.knowsRooms ? RoomID.other.text : "", values)
        return table.finish()
    }
}
