import NIOCore

/// Some lines of a page, encoded once: as they are, and as a part of a gzip member.
///
/// Deflated data is a sequence of blocks, and a block may end at a full byte: blocks that were made at different times can follow
/// each other. The checksum of the whole comes from the checksums of the parts.
struct Fragment: Sendable {
    /// How many bytes of text a fragment has at most, unless a single line is longer. It fits into a core's own cache, so that
    /// what was just written is still near when it is deflated.
    static let largest = 1 << 18

    /// The lines, each with its newline.
    let text: ByteBuffer
    /// The same as deflate blocks, ending at a full byte, none of them marked as the last.
    let deflated: ByteBuffer
    /// Of the text.
    let checksum: Checksum

    /// Lines that were deflated already.
    init(_ text: borrowing ByteWriter, deflated: borrowing ByteWriter) {
        self.text = text.buffer()
        self.deflated = deflated.buffer()
        checksum = text.checksum
    }

    /// Deflates lines.
    init(_ text: [UInt8]) {
        self.text = ByteBuffer(bytes: text)
        deflated = deflate(text, isLast: false).buffer()
        checksum = Checksum(of: text)
    }

    /// Deflates any number of lines, in fragments of the usual size.
    static func divided(_ lines: [UInt8]) -> [Fragment] {
        var fragments: [Fragment] = []
        var rest = lines[...]
        while rest.count > largest {
            // After the last newline that still fits; a line that is longer than a fragment is not divided.
            let fits = rest.prefix(largest).lastIndex(of: newline)
            guard let end = fits ?? rest.firstIndex(of: newline) else { break }
            fragments.append(Fragment(Array(rest[...end])))
            rest = rest[(end + 1)...]
        }
        return rest.isEmpty ? fragments : fragments + [Fragment(Array(rest))]
    }
}

private let newline = UInt8(ascii: "\n")
