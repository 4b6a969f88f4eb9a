import NIOCore

/// All lines of one family by their owners, in fragments: one or several for an owner with many lines, one for a group of owners
/// with few. What an owner changes concerns its own fragment, and no other.
struct FamilyLines<Owner: Hashable & Comparable & Sendable>: Sendable {
    private struct Large: Sendable {
        let owner: Owner
        let fragments: [Fragment]

        var checksum: Checksum { fragments.reduce(Checksum()) { $0 + $1.checksum } }
    }

    /// In ascending order: each owner is in the first group that does not end before it, or in the last one.
    private var groups: [OwnedLines<Owner>] = []
    /// In ascending order; on the page after the groups.
    private var large: [Large] = []
    private var checksums = ChecksumTree([])
    /// Lines that are not in a group yet; none for an owner that has none any more.
    private var changes: [Owner: [UInt8]] = [:]
    /// Whether fragments came or went, so that the checksums have other places.
    private var isShifted = false
    /// Whether a fragment is another one than before.
    private var isTouched = false

    /// The checksum of all lines; as of the last ``update()``.
    var checksum: Checksum { checksums.whole }

    /// All fragments in the order of the page; as of the last ``update()``.
    var fragments: [Fragment] { groups.map(\.fragment) + large.flatMap(\.fragments) }

    /// Takes an owner's lines in place of those that it had, to be seen at the next ``update()``.
    mutating func set(_ content: EncodedFamily.Content, of owner: Owner) {
        switch content {
        case .lines(let lines):
            removeLarge(owner)
            changes[owner] = lines
        case .fragments(let fragments):
            changes[owner] = []
            setLarge(Large(owner: owner, fragments: fragments))
        }
    }

    /// Brings fragments and checksums up to date.
    ///
    /// - Returns: Whether anything has changed.
    mutating func update() -> Bool {
        regroup()
        defer { (isShifted, isTouched) = (false, false) }
        if isShifted { checksums = ChecksumTree(groups.map(\.fragment.checksum) + large.map(\.checksum)) }
        return isShifted || isTouched
    }

    // MARK: Owners with many lines

    private mutating func setLarge(_ new: Large) {
        let place = large.partitioningIndex { $0.owner >= new.owner }
        if place < large.count, large[place].owner == new.owner {
            large[place] = new
            replaceChecksum(new.checksum, at: groups.count + place)
        } else {
            large.insert(new, at: place)
            isShifted = true
        }
    }

    private mutating func removeLarge(_ owner: Owner) {
        let place = large.partitioningIndex { $0.owner >= owner }
        guard place < large.count, large[place].owner == owner else { return }
        large.remove(at: place)
        isShifted = true
    }

    /// Not while others came or went: then all are put together anew.
    private mutating func replaceChecksum(_ checksum: Checksum, at place: Int) {
        isTouched = true
        if !isShifted { checksums[place] = checksum }
    }

    // MARK: Owners with few lines

    private func group(of owner: Owner) -> Int {
        let place = groups.partitioningIndex { ($0.last ?? owner) >= owner }
        return min(place, max(0, groups.count - 1))
    }

    /// Makes those groups anew in which lines are not what they were.
    private mutating func regroup() {
        var byGroup: [Int: [Owner: [UInt8]]] = [:]
        for (owner, lines) in changes {
            let place = group(of: owner)
            let isKnown = groups.isEmpty ? lines.isEmpty : groups[place].holds(lines, of: owner)
            if !isKnown { byGroup[place, default: [:]][owner] = lines }
        }
        changes = [:]
        // From the last one on, so that those before keep their places.
        for (place, changes) in byGroup.sorted(by: { $0.key > $1.key }) { remake(place, changes) }
    }

    private mutating func remake(_ place: Int, _ changes: [Owner: [UInt8]]) {
        var lines = place < groups.count ? groups[place].lines.filter { changes[$0.owner] == nil } : []
        lines += changes.lazy.filter { !$1.isEmpty }.map { ($0, ByteBuffer(bytes: $1).readableBytesView) }
        var end = min(place + 1, groups.count)
        // A group that has become small takes its neighbour in.
        if lines.reduce(0, { $0 + $1.bytes.count }) < EncodedFamily.large, end < groups.count {
            lines += groups[end].lines
            end += 1
        }
        let new = Self.grouped(lines.sorted { $0.owner < $1.owner })
        if new.count == 1, end - place == 1 {
            groups[place] = new[0]
            replaceChecksum(new[0].fragment.checksum, at: place)
        } else {
            groups.replaceSubrange(min(place, groups.count)..<end, with: new)
            isShifted = true
        }
    }

    /// Groups that are each as large as pays, and no larger.
    private static func grouped(_ lines: [(owner: Owner, bytes: ByteBufferView)]) -> [OwnedLines<Owner>] {
        var groups: [OwnedLines<Owner>] = []
        var (start, size) = (0, 0)
        var rest = lines.reduce(0) { $0 + $1.bytes.count }
        for (place, line) in lines.enumerated() {
            size += line.bytes.count
            rest -= line.bytes.count
            // What would be too little for a group of its own stays with the last one.
            guard size >= EncodedFamily.large && rest >= EncodedFamily.large || place == lines.count - 1 else {
                continue
            }
            groups.append(OwnedLines(Array(lines[start...place])))
            (start, size) = (place + 1, 0)
        }
        return groups
    }
}
