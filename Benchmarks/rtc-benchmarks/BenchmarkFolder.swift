import Foundation

/// A folder of its own for a piece of work, which leaves with it.
enum BenchmarkFolder {
    /// Makes a folder, works in it and deletes it.
    static func with<Result>(_ work: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rtc-benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await work(folder)
    }

    /// The bytes of all files in a folder.
    static func bytes(in folder: URL) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            return sum + ((attributes?[.size] as? Int) ?? 0)
        }
    }
}
