import Foundation
import TestSupport

/// A folder of its own for one test, gone when the test is.
struct WorkFolder {
    let url: URL

    static func with<T>(_ body: (WorkFolder) async throws -> T) async throws -> T {
        let url = FileManager.default.temporaryDirectory.appending(path: "providers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try await body(WorkFolder(url: url))
    }

    func path(_ name: String) -> String { url.appending(path: name).path }
}

/// A program of the system: `gzip` and `openssl` make here what the code under test reads.
enum Programs {
    struct Failed: Error {
        let program: String
        let status: Int32
    }

    static func run(_ program: String, _ arguments: [String]) throws {
        let tool = try TestSupport.Tool(program, arguments)
        guard tool.status == 0 else { throw Failed(program: program, status: tool.status) }
    }

    /// The bytes as `gzip` compresses them.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let tool = try TestSupport.Tool("gzip", ["-nc"], input: bytes)
        guard tool.status == 0 else { throw Failed(program: "gzip", status: tool.status) }
        return tool.output
    }
}
