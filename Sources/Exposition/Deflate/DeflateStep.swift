/// A step of deflated text: some bytes as they are, then some that came before.
struct DeflateStep {
    /// The longest copy of one step.
    static let longest = 258
    /// The shortest copy that deflate can say.
    static let shortest = 3
    /// How far back a copy may begin.
    static let farthest = 32_768

    /// How many bytes of the text stand for themselves.
    let literals: UInt32
    /// How many bytes are copied after them: 0, or 3 to 258.
    let length: UInt16
    /// How many bytes back the copy begins, less one.
    let distanceLessOne: UInt16
}

/// How text is said in deflate: step by step, up to its end.
struct DeflateSteps {
    private(set) var steps: [DeflateStep] = []
    /// Up to where the text is said.
    private var end = 0

    /// Says the text from `start` on for `length` bytes by a copy from `distance` bytes back, where that can be said, and what
    /// comes before it and was not said yet by itself. A copy that cannot be said is left to the literals of the next step.
    @inline(__always)
    mutating func copy(from start: Int, _ length: Int, back distance: Int) {
        guard length >= DeflateStep.shortest, distance <= DeflateStep.farthest else { return }
        if length <= DeflateStep.longest { append(start, length, distance) } else { copyLong(start, length, distance) }
    }

    @inline(__always)
    private mutating func append(_ start: Int, _ length: Int, _ distance: Int) {
        steps.append(
            DeflateStep(
                literals: UInt32(truncatingIfNeeded: start - end),
                length: UInt16(truncatingIfNeeded: length),
                distanceLessOne: UInt16(truncatingIfNeeded: distance - 1)
            )
        )
        end = start + length
    }

    @inline(never)
    private mutating func copyLong(_ start: Int, _ length: Int, _ distance: Int) {
        var (start, rest) = (start, length)
        while rest >= DeflateStep.shortest {
            // No remainder that is too short to be said.
            let part =
                rest - DeflateStep.longest < DeflateStep.shortest && rest > DeflateStep.longest
                ? rest - DeflateStep.shortest : min(rest, DeflateStep.longest)
            append(start, part, distance)
            (start, rest) = (start + part, rest - part)
        }
    }

    /// Says what is left of the text, which is `count` bytes long.
    mutating func finish(_ count: Int) {
        steps.append(DeflateStep(literals: UInt32(truncatingIfNeeded: count - end), length: 0, distanceLessOne: 0))
        end = count
    }

    /// Begins with another text.
    mutating func removeAll() {
        steps.removeAll(keepingCapacity: true)
        end = 0
    }
}
