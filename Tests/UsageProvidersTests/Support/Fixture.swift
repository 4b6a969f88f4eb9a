import Foundation

/// A file beside the tests, found from where this one was compiled.
enum Fixture {
    static func data(_ path: String, from file: String = #filePath) throws -> Data {
        let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
        return try Data(contentsOf: tests.appending(path: "Fixtures").appending(path: path))
    }
}
