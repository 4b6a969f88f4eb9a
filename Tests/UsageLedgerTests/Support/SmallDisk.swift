import Foundation
import TestSupport

/// A disk in memory that is soon full. Only root may have one, and not in every container.
struct SmallDisk {
    let path: String

    /// Whether this machine lets us.
    static let isAvailable: Bool = (try? make().remove()) != nil

    static func with<T>(_ body: (SmallDisk) async throws -> T) async throws -> T {
        let disk = try make()
        defer { try? disk.remove() }
        return try await body(disk)
    }

    func makeReadOnly() throws { try Self.run("mount", ["-o", "remount,ro", path]) }

    private static func make() throws -> SmallDisk {
        let folder = FileManager.default.temporaryDirectory.appending(path: "disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path])
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        return SmallDisk(path: folder.path)
    }

    private func remove() throws {
        try Self.run("umount", ["-l", path])
        try FileManager.default.removeItem(atPath: path)
    }

    private struct Failed: Error {}

    private static func run(_ program: String, _ arguments: [String]) throws {
        guard try Tool(program, arguments).status == 0 else { throw Failed() }
    }
}
