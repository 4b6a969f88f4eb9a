import Synchronization
import Usage

/// What was recorded, in order.
final class ReadingLog: Sendable {
    private let readings = Mutex<[Reading]>([])

    func append(_ reading: Reading) { readings.withLock { $0.append(reading) } }

    /// The readings of an app, oldest first.
    func of(_ app: AppKey) -> [Reading] {
        readings.withLock { $0.filter { $0.app == app } }
    }
}
