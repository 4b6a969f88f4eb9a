import Exposition
import Synchronization
import Usage

/// Counts the exporter's own HTTP requests.
public final class HTTPStatistics: Sendable {
    private static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]

    private struct Storage {
        var requests: [Key: Int] = [:]
        var durations: [String: HistogramValue] = [:]
    }

    private struct Key: Hashable {
        let handler: String
        let code: Int
    }

    private let storage = Mutex(Storage())

    /// Starts at zero for each handler, so that the first request is seen as an increase.
    ///
    /// - Parameter handlers: The closed set of names that the `handler` label takes.
    public init(handlers: [String]) {
        storage.withLock { storage in
            for handler in handlers {
                storage.requests[Key(handler: handler, code: 200)] = 0
                storage.durations[handler] = HistogramValue(upperBounds: Self.bounds)
            }
        }
    }

    /// Counts a request that was answered.
    ///
    /// - Parameters:
    ///   - handler: One of the names given at the start.
    ///   - code: The HTTP status.
    ///   - duration: From the request's head to the end of the answer.
    public func count(handler: String, code: Int, took duration: Duration) {
        storage.withLock { storage in
            storage.requests[Key(handler: handler, code: code), default: 0] += 1
            storage.durations[handler, default: HistogramValue(upperBounds: Self.bounds)].observe(duration.inSeconds)
        }
    }

    func families() -> [FamilySamples] {
        let (requests, durations) = storage.withLock { ($0.requests, $0.durations) }
        let counts = requests.sorted { ($0.key.handler, $0.key.code) < ($1.key.handler, $1.key.code) }
            .map { Sample(["handler": $0.key.handler, "code": "\($0.key.code)"], $0.value) }
        let times = durations.sorted { $0.key < $1.key }.map { Sample(["handler": $0.key], $0.value) }
        return [
            FamilySamples(ExporterFamilies.httpRequests, counts), FamilySamples(ExporterFamilies.httpDuration, times),
        ]
    }
}
