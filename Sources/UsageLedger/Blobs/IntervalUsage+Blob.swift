import Usage

extension [IntervalUsage] {
    /// How many a day has.
    private static var most: Int { 288 }

    /// The intervals of a day as one value of the ledger: each by how many it comes after the one before. What is none of the
    /// day's, or comes out of turn, is left out.
    func blob(of day: UsageDay) -> [UInt8] {
        var (writer, last) = (BlobWriter(capacity: count * 8), -1)
        for interval in self {
            // In whole numbers: the quotient of two durations is a fraction, and 21:05 would become 21:00.
            let offset = interval.start.milliseconds - day.start.milliseconds
            let place = offset / IntervalUsage.length.wholeMilliseconds
            guard offset >= 0, place > last, place < Self.most else { continue }
            writer.append(place - last)
            writer.append(interval.seconds)
            last = place
        }
        return writer.bytes
    }

    /// Reads what ``blob(of:)`` made.
    init(blob: [UInt8], of day: UsageDay) throws(BlobDamage) {
        self.init()
        var (reader, place) = (BlobReader(blob), -1)
        while !reader.isAtEnd {
            let distance = try reader.number()
            guard (1...Self.most).contains(distance), place + distance < Self.most else { throw BlobDamage() }
            place += distance
            append(
                IntervalUsage(start: day.start + IntervalUsage.length * place, seconds: try reader.tierSeconds())
            )
        }
    }
}
