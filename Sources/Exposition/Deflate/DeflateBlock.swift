/// A block of deflated text with a code of its own, made in two passes: one counts the symbols, one writes them.
struct DeflateBlock: ~Copyable {
    private var lengthFrequencies = [UInt32](repeating: 0, count: DeflateAlphabet.lengthSymbols)
    private var distanceFrequencies = [UInt32](repeating: 0, count: DeflateAlphabet.distanceSymbols)
    private var output: BitWriter

    /// Deflates text into bytes that end at a full byte, so that any other block can follow.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - steps: How it is said; the last step reaches the end of the text.
    /// - Returns: One block that is not the last, and an empty one.
    static func deflate(_ text: borrowing ByteWriter, _ steps: DeflateSteps) -> ByteWriter {
        var block = DeflateBlock(capacity: 512 + steps.steps.count * 8)
        block.count(text, steps.steps)
        block.write(text, steps.steps)
        block.output.alignByEmptyBlock()
        return block.output.finish()
    }

    private init(capacity: Int) {
        output = BitWriter(capacity: capacity)
    }

    private mutating func count(_ text: borrowing ByteWriter, _ steps: [DeflateStep]) {
        var position = 0
        let (lengths, distances) = (DeflateAlphabet.lengths, DeflateAlphabet.distances)
        for step in steps {
            text.forEachByte(from: position, count: Int(step.literals)) { lengthFrequencies[Int($0)] &+= 1 }
            position += Int(step.literals) + Int(step.length)
            guard step.length > 0 else { continue }
            lengthFrequencies[Int(lengths[Int(step.length)].symbol)] &+= 1
            let place = DeflateAlphabet.place(ofDistance: step.distanceLessOne)
            distanceFrequencies[Int(distances[place].symbol)] &+= 1
        }
        lengthFrequencies[DeflateAlphabet.end] = 1
    }

    private mutating func write(_ text: borrowing ByteWriter, _ steps: [DeflateStep]) {
        let lengths = HuffmanCode(frequencies: lengthFrequencies, limit: 15)
        let distances = HuffmanCode(frequencies: distanceFrequencies, limit: 15)
        output.append(0b100, count: 3)
        DeflateCodeLengths(lengths: lengths, distances: distances).write(to: &output)
        let codes = StepCodes(lengths: lengths, distances: distances)
        var position = 0
        for step in steps {
            let literals = Int(step.literals)
            output.reserve(literals * 2 + 8)
            text.forEachByte(from: position, count: literals) { byte in
                let code = codes.literals[Int(byte)]
                unsafe output.put(UInt64(code.bits), UInt64(code.count))
                unsafe output.flush()
            }
            position += literals + Int(step.length)
            if step.length > 0 { append(step, codes) }
        }
        output.append(lengths.bits[DeflateAlphabet.end], count: lengths.lengths[DeflateAlphabet.end])
    }

    /// Room for it is reserved.
    @inline(__always)
    private mutating func append(_ step: DeflateStep, _ codes: StepCodes) {
        let length = codes.copies[Int(step.length)]
        let distance = codes.distances[DeflateAlphabet.place(ofDistance: step.distanceLessOne)]
        unsafe output.put(UInt64(length.bits), UInt64(length.count))
        unsafe output.put(UInt64(distance.bits), UInt64(distance.count))
        unsafe output.put(UInt64(step.distanceLessOne &- distance.base), UInt64(distance.extraBits))
        unsafe output.flush()
    }
}

/// The bits of everything that a step may say, looked up once per block instead of once per step.
private struct StepCodes {
    struct Bits {
        let bits: UInt32
        let count: UInt8
    }

    struct Distance {
        let bits: UInt16
        let count: UInt8
        let base: UInt16
        let extraBits: UInt8
    }

    let literals: [Bits]
    /// By length, the further bits included.
    let copies: [Bits]
    /// By ``DeflateAlphabet/place(ofDistance:)``.
    let distances: [Distance]

    init(lengths: HuffmanCode, distances: HuffmanCode) {
        literals = (0..<256).map { Bits(bits: UInt32(lengths.bits[$0]), count: lengths.lengths[$0]) }
        copies = DeflateAlphabet.lengths.enumerated().map { length, entry in
            guard entry.symbol > 0 else { return Bits(bits: 0, count: 0) }
            let (bits, count) = (lengths.bits[Int(entry.symbol)], lengths.lengths[Int(entry.symbol)])
            let extra = UInt32(length) - UInt32(entry.base)
            return Bits(bits: UInt32(bits) | extra << UInt32(count), count: count + entry.extraBits)
        }
        self.distances = DeflateAlphabet.distances.map { entry in
            Distance(
                bits: distances.bits[Int(entry.symbol)],
                count: distances.lengths[Int(entry.symbol)],
                base: entry.base,
                extraBits: entry.extraBits
            )
        }
    }
}
