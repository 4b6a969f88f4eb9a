public import Foundation

/// A disk in memory that is soon full. Only root may have one, and not in every container.
public struct SmallDisk: Sendable {
    /// Its folder.
    public let path: String

    /// Whether this machine lets us.
    public static let isAvailable: Bool = (try? make().remove()) != nil

    /// A disk of so many bytes for the time of `body`.
    public static func with<T>(size: String = "1m", _ body: (SmallDisk) async throws -> T) async throws -> T {
        let disk = try make(size: size)
        defer { try? disk.remove() }
        return try await body(disk)
    }

    /// Fills it to its last byte.
    ///
    /// - Returns: The file that does so.
    @discardableResult
    public func fill() throws -> URL {
        let filler = URL(filePath: path + "/filler")
        try Data().write(to: filler)
        let handle = try FileHandle(forWritingTo: filler)
        // The last write fails, which is the point.
        while (try? handle.write(contentsOf: [UInt8](repeating: 1, count: 4_096))) != nil {}
        try handle.close()
        return filler
    }

    /// Takes no file any more, until it is gone.
    public func makeReadOnly() throws { try Self.run("mount", ["-o", "remount,ro", path]) }

    private static func make(size: String = "1m") throws -> SmallDisk {
        let folder = FileManager.default.temporaryDirectory.appending(path: "disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", folder.path])
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
