import TestSupport

extension [UInt8] {
    /// One to four random changes: bytes overwritten, put in or taken out, slices doubled or swapped, the end cut off.
    func mutated(using random: inout SeededGenerator) -> [UInt8] {
        let special = Array(",\"\n\r\u{0}-.eE+ 0123456789{}[]:\\".utf8)
        var bytes = self
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let position = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: position..<bytes.count, using: &random)
            let byte =
                Bool.random(using: &random)
                ? UInt8.random(in: 0...255, using: &random) : special.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes[position] = byte
            case 1: bytes.insert(byte, at: position)
            case 2: bytes.remove(at: position)
            case 3: bytes.removeSubrange(position..<Swift.min(end, position + 8))
            case 4: bytes.insert(contentsOf: bytes[position...end], at: position)
            case 5: bytes.swapAt(position, end)
            default: if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeSubrange(position...) }
            }
        }
        return bytes
    }
}
