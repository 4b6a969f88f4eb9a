import Foundation
import Synchronization

/// Writes whole lines to a file descriptor: one call for each as a rule, and never a part of one within another.
final class LineWriter: Sendable {
    static let standardError = LineWriter(descriptor: STDERR_FILENO)

    private let descriptor: Int32
    private let turn = Mutex(())

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes a line. One that cannot be written is lost: there is nowhere left to complain.
    func write(_ line: String) {
        let bytes = Array(line.utf8)
        turn.withLock { _ in
            var rest = bytes[...]
            while !rest.isEmpty, let written = writeOnce(rest, to: descriptor) {
                rest = rest.dropFirst(written)
            }
        }
    }
}

/// How many bytes were taken; `nil` when no more will be.
private func writeOnce(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int? {
    let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    guard written < 0 else { return written }
    switch errno {
    case EINTR: return 0
    case EAGAIN: return waitUntilWritable(descriptor) ? 0 : nil
    default: return nil
    }
}

/// A descriptor that somebody else made non-blocking refuses bytes while its pipe is full. A reader that takes none for
/// ten seconds is gone, and must not hold up the exporter.
private func waitUntilWritable(_ descriptor: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    let ready = unsafe poll(&entry, 1, 10_000)
    return ready > 0 || (ready < 0 && errno == EINTR)
}
