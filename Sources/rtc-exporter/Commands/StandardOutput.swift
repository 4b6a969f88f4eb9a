import Foundation

/// Writes to standard output in large pieces, and notices when that cannot be done.
final class StandardOutput {
    /// Why nothing more can be written.
    enum Problem: Error, Hashable, CustomStringConvertible {
        /// Whoever reads has gone, and wants no more.
        case closed
        case failed(String)

        var description: String {
            switch self {
            case .closed: "Nobody reads standard output any more."
            case .failed(let reason): "Standard output cannot be written: \(reason)."
            }
        }
    }

    /// From here on what was collected is written, in bytes.
    private static let piece = 1 << 16

    private let descriptor: Int32
    private var collected: [UInt8] = []

    init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
    }

    /// Takes some text, to be written at last by ``flush()``.
    ///
    /// - Throws: ``Problem``.
    func write(_ bytes: [UInt8]) throws {
        collected += bytes
        if collected.count >= Self.piece { try flush() }
    }

    /// Writes what was collected.
    ///
    /// - Throws: ``Problem``.
    func flush() throws {
        var rest = collected[...]
        collected = []
        while !rest.isEmpty { rest = rest.dropFirst(try writeOnce(rest)) }
    }

    /// How many bytes were taken.
    private func writeOnce(_ bytes: ArraySlice<UInt8>) throws -> Int {
        let written = unsafe bytes.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard written < 0 else { return written }
        switch errno {
        case EINTR: return 0
        case EPIPE: throw Problem.closed
        case EAGAIN:
            // Somebody made it non-blocking: wait as long as it takes.
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&entry, 1, -1)
            return 0
        default: throw Problem.failed(unsafe String(cString: strerror(errno)))
        }
    }
}
