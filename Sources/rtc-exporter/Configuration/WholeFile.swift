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
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileReadProblem(errorNumber: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while let part = try readPart(descriptor) {
        bytes += part
        guard bytes.count <= limit else { throw .larger(limit: limit) }
    }
    return bytes
}

/// The next bytes; `nil` at the end. A pipe gives its bytes in pieces, so one part is not the whole.
private func readPart(_ descriptor: Int32) throws(FileReadProblem) -> [UInt8]? {
    var part = [UInt8](repeating: 0, count: 64 * 1024)
    var count: Int
    repeat {
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
