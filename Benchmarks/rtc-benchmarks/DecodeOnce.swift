import Foundation
import Synchronization
import Usage
import UsageProviders

/// One measurement of ``DecodeBenchmark``, in a process that does nothing else.
enum DecodeOnce {
    /// Decodes an answer and prints CPU seconds, bytes of memory and the sum of all figures.
    ///
    /// - Parameter words: How, and the file with the answer.
    /// - Throws: ``BenchmarkError``, and why an answer cannot be decoded.
    static func run(_ words: [String]) async throws {
        guard words.count == 2 else { throw BenchmarkError.unknownPart("decode-once \(words)") }
        let (way, file) = (words[0], words[1])
        let process = ProcessFigures(id: getpid())
        // Code and tables that every process loads once are not the answer's.
        _ = try await sum(way, of: Array(SampleAnswer(rooms: 1000).body()))
        try process.forgetPeak()
        let atRest = try process.residentBytes
        let body = try bytes(of: file)
        let start = CPUTime.own
        let sum = try await sum(way, of: body)
        print(CPUTime.own - start, try process.peakBytes - atRest, sum)
    }

    private static func sum(_ way: String, of body: consuming [UInt8]) async throws -> Int {
        way == "foundation" ? try FoundationDecoding.sum(of: body) : try await read(CannedAnswer(body)).total.total
    }

    /// The reader of the exporter, with an answer that has already come.
    private static func read(_ answer: CannedAnswer) async throws -> Reading {
        let keys = AccountKeys(KeySet(["secret_id": Secret("AKIDexample"), "secret_key": Secret("example")]))
        let endpoint = try Endpoint("http://127.0.0.1:1")
        let settings = AccountSettings(
            endpoint: endpoint,
            details: [:],
            keys: keys,
            transport: answer,
            refusals: NoRefusals(),
            uptime: { .zero }
        )
        guard let reader = TencentAccount(settings).reader(for: TencentProvider.roomUsage) else {
            throw BenchmarkError.wrongRows
        }
        let day = UsageDay(number: 20_000, zone: .beijing)
        return try await reader.read(app: "1400017192", window: UsageWindow(day: day), now: day.end).result.get()
    }

    /// Read into the one array that is measured.
    private static func bytes(of file: String) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: URL(filePath: file))
        defer { try? handle.close() }
        let count = Int(try handle.seekToEnd())
        try handle.seek(toOffset: 0)
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            // The kernel writes at most as much as there is place for.
            while initialized < buffer.count, let start = buffer.baseAddress {
                let length = unsafe Foundation.read(handle.fileDescriptor, start + initialized, count - initialized)
                guard length > 0 else { break }
                initialized += length
            }
        }
    }
}

/// Gives one answer away, once, and keeps nothing of it.
private final class CannedAnswer: ProviderTransport {
    private let body: Mutex<[UInt8]>

    init(_ body: consuming [UInt8]) {
        self.body = Mutex(body)
    }

    func send(_ request: ProviderRequest) async throws(TransportFailure) -> ProviderResponse {
        let bytes = body.withLock { body in
            defer { body = [] }
            return body
        }
        return ProviderResponse(status: 200, headers: [], body: bytes)
    }
}

/// The way that suggests itself.
private enum FoundationDecoding {
    struct Answer: Decodable {
        struct Content: Decodable {
            let Data: String
        }

        let Response: Content
    }

    static func sum(of body: [UInt8]) throws -> Int {
        let csv = try JSONDecoder().decode(Answer.self, from: Data(body)).Response.Data
        var rooms: [(String, [Int])] = []
        for line in csv.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            rooms.append((String(fields[0]), fields.dropFirst().compactMap { Int($0) }))
        }
        return rooms.reduce(0) { $1.1.reduce($0, +) }
    }
}

/// There is nothing to remember.
private actor NoRefusals: SignatureRefusalStore {
    func signatureRefusals(of key: String) -> SignatureRefusals { .none }

    func record(_ refusals: SignatureRefusals, of key: String) {}
}
