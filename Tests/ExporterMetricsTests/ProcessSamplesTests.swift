import Exposition
import Foundation
import Testing

@testable import ExporterMetrics

@Suite("The process")
struct ProcessSamplesTests {
    /// Runs `body` with a folder that looks like one of proc.
    private func withProcess(
        stat: [UInt8]?,
        limits: String? = nil,
        openFiles: Int? = nil,
        _ body: (ProcessSamples) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "exporter-proc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if let stat { try Data(stat).write(to: folder.appending(path: "stat")) }
        if let limits { try Data(limits.utf8).write(to: folder.appending(path: "limits")) }
        if let openFiles {
            let descriptors = folder.appending(path: "fd")
            try FileManager.default.createDirectory(at: descriptors, withIntermediateDirectories: false)
            for number in 0..<openFiles { try Data().write(to: descriptors.appending(path: "\(number)")) }
        }
        try body(ProcessSamples(root: folder.path()))
    }

    private static func stat(command: [UInt8]) -> [UInt8] {
        let fields =
            "S 1 4242 4242 0 -1 4194560 9999 0 0 0 150 75 0 0 20 0 8 0 12345 1048576 256 18446744073709551615\n"
        return Array("4242 (".utf8) + command + Array(") \(fields)".utf8)
    }

    private static let limits = """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max open files            1024                 524288               files

        """

    @Test(
        "Figures are read behind the command's name, whatever that holds",
        arguments: [
            Array("rtc-exporter".utf8), Array("evil) R 1 2 3 (x".utf8), Array(") ) )".utf8), Array("a\nb c".utf8), [],
            // A name is cut after 15 bytes, also within a character; one that joins with what follows.
            [0xe5, 0xae, 0x9e, 0xe6, 0x97], [0xff, 0xfe], Array("\u{600}".utf8), Array("x)\u{301}".utf8),
        ] as [[UInt8]]
    )
    func figures(command: [UInt8]) throws {
        try withProcess(stat: Self.stat(command: command), limits: Self.limits, openFiles: 7) { samples in
            let families = samples.families()
            #expect(families.problems == [])
            #expect(families.numbers("process_cpu_seconds_total") == ["": 2.25])
            #expect(families.numbers("process_threads") == ["": 8])
            #expect(families.numbers("process_virtual_memory_bytes") == ["": 1_048_576])
            #expect(families.numbers("process_resident_memory_bytes") == ["": 256 * 4096])
            #expect(families.numbers("process_open_fds") == ["": 7])
            #expect(families.numbers("process_max_fds") == ["": 1024])
            let boot = try #require(
                String(contentsOfFile: "/proc/stat", encoding: .utf8).split(separator: "btime ").last
            )
            let bootTime = try #require(boot.split(separator: "\n").first.flatMap { Double($0) })
            #expect(families.numbers("process_start_time_seconds") == ["": bootTime + 123.45])
        }
    }

    @Test(
        "What the system does not tell is absent",
        arguments: [
            nil, [], Array("4242 (x".utf8), Array("4242 (x) S 1 2".utf8),
            Array("(x) S \(String(repeating: "a ", count: 50))".utf8),
        ]
            as [[UInt8]?]
    )
    func absent(stat: [UInt8]?) throws {
        try withProcess(stat: stat) { samples in
            #expect(samples.families().flatMap(\.samples) == [])
        }
    }

    @Test("Without a limit on open files there is no figure for it")
    func unlimited() throws {
        let limits = "Max open files            unlimited            unlimited            files\n"
        try withProcess(stat: nil, limits: limits) { samples in
            #expect(samples.families().flatMap(\.samples) == [])
        }
    }

    @Test("This very process has all figures")
    func myself() {
        let families = ProcessSamples().families()
        #expect(families.filter { $0.samples.isEmpty }.map(\.family.name) == [])
        #expect(families.problems == [])
    }
}
