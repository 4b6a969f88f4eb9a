import Foundation
import Testing

@testable import rtc_exporter
import UsageProviders

@Suite("Loading the configuration file")
struct ConfigurationLoaderTests {
    private func load(_ path: String, _ files: [String: [UInt8]]) throws(ConfigurationErrors) -> ExporterConfiguration {
        try ConfigurationLoader(catalogue: .sample, surroundings: .sample(files: files)).load(path)
    }

    @Test("A file is read, and its relative secrets beside it")
    func loaded() throws {
        let text = account().replacing("/run/secrets/tencent", with: "key.txt")
        let configuration = try load("conf/f.yml", ["conf/f.yml": Array(text.utf8), "conf/key.txt": Array("k\n".utf8)])
        #expect(configuration.accounts[0].credentials["secret_key"] == Secret("k"))
        #expect(configuration.accounts[0].secretOrigins["secret_key"]?.origin == .file("conf/key.txt"))
    }

    @Test(
        "A file that cannot be used is named",
        arguments: [
            ("missing.yml", "missing.yml: the configuration file does not exist"),
            ("forbidden", "forbidden: the configuration file may not be read: permission denied"),
            ("large.yml", "large.yml: the configuration file is larger than 4096 KiB"),
            ("latin.yml", "latin.yml:2: the file is not UTF-8 text: this line has other bytes"),
            ("utf16.yml", "utf16.yml:1: the file is not UTF-8 text: this line has other bytes"),
            ("empty.yml", "empty.yml:1: the file is empty; at least `accounts` is required"),
        ]
    )
    func unusable(_ path: String, message: String) {
        let files: [String: [UInt8]] = [
            "large.yml": [UInt8](repeating: 0x20, count: ConfigurationLoader.fileLimit + 1),
            "latin.yml": Array("poll: {}\n# caf".utf8) + [0xe9, 0x0a],
            "utf16.yml": [0xff, 0xfe, 0x61, 0x00, 0x3a, 0x00],
            "empty.yml": [],
        ]
        let error = #expect(throws: ConfigurationErrors.self) { try load(path, files) }
        #expect(error?.description == message)
    }

    @Test("A file of exactly the limit is read")
    func limit() throws {
        let text = account()
        let padding = String(repeating: "\n", count: ConfigurationLoader.fileLimit - text.utf8.count)
        #expect(try load("f.yml", ["f.yml": Array((text + padding).utf8)]).accounts.count == 1)
    }

    @Test("The real file system tells a missing file from a folder and a large file")
    func realFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "f.yml")
        try Data(repeating: 0x61, count: 200_000).write(to: file)
        #expect(try readWholeFile(file.path, 200_000).count == 200_000)
        #expect(throws: FileReadProblem.larger(limit: 199_999)) { try readWholeFile(file.path, 199_999) }
        #expect(throws: FileReadProblem.directory) { try readWholeFile(folder.path, 10) }
        #expect(throws: FileReadProblem.missing) { try readWholeFile(file.path + "x", 10) }
        #expect(throws: FileReadProblem.missing) { try readWholeFile(file.path + "/x", 10) }
        #expect(try readWholeFile("/dev/null", 10).isEmpty)
    }

    @Test("A file that may not be read is called so", .enabled(if: getuid() != 0, "root may read everything"))
    func forbiddenFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID()).yml").path
        #expect(FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0]))
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(throws: FileReadProblem.forbidden) { try readWholeFile(file, 10) }
    }

    @Test("A pipe is read to its end, as with a shell's process substitution")
    func pipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("accounts".utf8))
        try pipe.fileHandleForWriting.close()
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        #expect(try readWholeFile(path, 100) == Array("accounts".utf8))
    }

    @Test("A named pipe to which nobody writes is waited for, but not for ever", .timeLimit(.minutes(1)))
    func namedPipe() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "rtc-exporter-\(UUID().uuidString)").path
        #expect(unsafe mkfifo(path, 0o600) == 0)
        defer { unsafe unlink(path) }
        #expect(throws: FileReadProblem.unreadable) { try readWholeFile(path, 100, patience: 1) }
    }

    @Test("The process's own surroundings are real")
    func process() throws {
        #expect(ConfigurationSurroundings.process.environment("PATH")?.isEmpty == false)
        #expect(ConfigurationSurroundings.process.environment("RTC_EXPORTER_NO_SUCH_VARIABLE") == nil)
    }
}
