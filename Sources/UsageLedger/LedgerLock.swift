import Foundation

/// Keeps a second process off a ledger: two would each keep the spacing of calls, and together break it.
///
/// A lock on the file as a whole, which SQLite's own do not touch. The kernel gives it back when the process ends, however
/// it ends.
final class LedgerLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, creating an empty file where there is none.
    ///
    /// Without a file that can be opened there is no lock, and no error either: SQLite tells what is wrong with it.
    ///
    /// - Throws: ``LedgerError`` when another process has it.
    init(path: String) throws(LedgerError) {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
        close(descriptor)
        throw .inUse(path)
    }

    /// Whether the path still leads to the file that is locked; not so after it was deleted or replaced.
    func isHeld(of path: String) -> Bool {
        var (ours, theirs) = (stat(), stat())
        guard descriptor >= 0, unsafe fstat(descriptor, &ours) == 0 else { return true }
        return unsafe stat(path, &theirs) == 0 && (ours.st_dev, ours.st_ino) == (theirs.st_dev, theirs.st_ino)
    }

    /// Gives the lock back; to be called once SQLite has closed the file, whose own locks end with any descriptor of it.
    func release() {
        if descriptor >= 0 { flock(descriptor, LOCK_UN) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
