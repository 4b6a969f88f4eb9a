import Foundation

/// Reads a file that is expected to be small.
///
/// The system's calls are used as they are, since only they tell a missing file from a forbidden one.
///
/// - Parameters:
///   - path: Relative paths start at the working directory.
///   - limit: The number of bytes above which the file is refused.
/// - Returns: All bytes of the file.
/// - Throws: Why there are none.
@Sendable
func readWholeFile(_ path: String, _ limit: Int) throws(FileReadProblem) -> [UInt8] {
    // Somebody may have to decrypt first what comes through a pipe.
    try readWholeFile(path, limit, patience: 10_000)
}

/// The same, where a pipe may take `patience` milliseconds for its next bytes.
func readWholeFile(_ path: String, _ limit: Int, patience: Int32) throws(FileReadProblem) -> [UInt8] {
    // Opening a pipe that nobody writes to would wait, and whoever watches the file with it, until somebody does.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileReadProblem(errorNumber: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while let part = try readPart(descriptor, patience) {
        bytes += part
        guard bytes.count <= limit else { throw .larger(limit: limit) }
    }
    return bytes
}

/// The next bytes; `nil` at the end. A pipe gives its bytes in pieces, so one part is not the whole.
private func readPart(_ descriptor: Int32, _ patience: Int32) throws(FileReadProblem) -> [UInt8]? {
    var part = [UInt8](repeating: 0, count: 64 * 1024)
    var count: Int
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    repeat {
        guard unsafe poll(&wait, 1, patience) != 0 else { throw .unreadable }
        count = unsafe read(descriptor, &part, part.count)
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw FileReadProblem(errorNumber: errno) }
    return count == 0 ? nil : Array(part.prefix(count))
}

extension FileReadProblem {
    fileprivate init(errorNumber: Int32) {
        self =
            switch errorNumber {
            case ENOENT, ENOTDIR: .missing
            case EISDIR: .directory
            case EACCES, EPERM: .forbidden
            default: .unreadable
            }
    }
}
