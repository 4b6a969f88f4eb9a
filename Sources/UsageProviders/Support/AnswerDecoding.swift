import Dispatch

/// Decodes answers beside the threads that serve scrapes, and one at a time.
///
/// An answer may hold a million rooms and take seconds. There are no more cooperative threads than cores, so that two such
/// answers at once would leave none for anything else.
enum AnswerDecoding {
    private static let queue = DispatchQueue(label: "answer-decoding", qos: .utility)

    static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
