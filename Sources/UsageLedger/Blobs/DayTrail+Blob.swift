import Usage

extension DayTrail {
    /// The trail as one value of the ledger: each entry by what it differs from the one before.
    var blob: [UInt8] {
        var (writer, last) = (BlobWriter(capacity: entries.count * 12), Entry.none)
        for entry in entries {
            writer.append(signed: entry.askedAt.milliseconds - last.askedAt.milliseconds)
            writer.append(signed: entry.through.milliseconds - entry.askedAt.milliseconds)
            writer.append(entry.seconds, since: last.seconds)
            last = entry
        }
        return writer.bytes
    }

    /// Reads what ``blob`` made.
    init(blob: [UInt8]) throws(BlobDamage) {
        var (reader, last, entries) = (BlobReader(blob), Entry.none, [Entry]())
        while !reader.isAtEnd {
            let askedAt = last.askedAt.milliseconds &+ (try reader.signedNumber())
            let through = askedAt &+ (try reader.signedNumber())
            guard KeptNumber.isPlausible(askedAt), KeptNumber.isPlausible(through) else { throw BlobDamage() }
            guard entries.isEmpty || askedAt > last.askedAt.milliseconds else { throw BlobDamage() }
            let seconds = try reader.tierSeconds(since: last.seconds)
            last = Entry(
                askedAt: UnixTime(milliseconds: askedAt),
                through: UnixTime(milliseconds: through),
                seconds: seconds
            )
            entries.append(last)
        }
        self.init(entries)
    }
}

extension DayTrail.Entry {
    fileprivate static let none = DayTrail.Entry(
        askedAt: UnixTime(milliseconds: 0),
        through: UnixTime(milliseconds: 0),
        seconds: .zero
    )
}
