import Foundation
import Logging
import Synchronization
import Testing

@testable import rtc_exporter

@Suite("The log handler")
struct LineLogHandlerTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct Mishap: Error, CustomStringConvertible {
        var description: String { "it broke" }
    }

    private let lines = Lines()

    private func logger(
        _ format: LogFormat = .logfmt,
        _ severity: LogSeverity = .info,
        provider: Logger.MetadataProvider? = nil
    ) -> Logger {
        let output = LogOutput(
            format: format,
            severity: severity,
            now: { LogTime(milliseconds: 0) },
            write: { [lines] in lines.add($0) }
        )
        return Logger(label: "poller") { output.handler(label: $0, metadataProvider: provider) }
    }

    private let beginning = "time=1970-01-01T00:00:00.000Z level="

    @Test("An event is one line with one line break")
    func oneLine() {
        logger().info("started\n", metadata: ["app": "1400017192"])
        logger(.json).warning("late")
        #expect(
            lines.all == [
                beginning + "info msg=\"started\\n\" component=poller app=1400017192\n",
                #"{"time":"1970-01-01T00:00:00.000Z","level":"warn","msg":"late","component":"poller"}"# + "\n",
            ]
        )
    }

    @Test(
        "Only events of the wanted severity and above are written",
        arguments: [(.debug, 6), (.info, 5), (.warn, 3), (.error, 2)] as [(LogSeverity, Int)]
    )
    func threshold(_ severity: LogSeverity, count: Int) {
        let logger = logger(.logfmt, severity)
        for level in Logger.Level.allCases { logger.log(level: level, "x") }
        #expect(lines.all.count == count)
    }

    @Test("The event's metadata wins over the provider's, and that over the logger's")
    func merging() {
        var logger = logger(provider: Logger.MetadataProvider { ["a": "provider", "b": "provider", "c": "provider"] })
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "d"] = "logger"
        logger.info("x", metadata: ["b": "event"])
        #expect(lines.all == [beginning + "info msg=\"x\" component=poller a=provider b=event c=provider d=logger\n"])
    }

    @Test("An error of the event shows with its text and type")
    func error() {
        logger().error("failed", error: Mishap())
        #expect(lines.all.first?.contains(#"error.message="it broke" error.type="#) == true)
        #expect(lines.all.first?.contains("LineLogHandlerTests") == true)
    }

    @Test("Level and metadata are values: a copy changes alone")
    func values() {
        var first = logger()
        first.logLevel = .debug
        first[metadataKey: "only-on"] = "first"
        var second = first
        second.logLevel = .error
        second[metadataKey: "only-on"] = "second"
        #expect(first.logLevel == .debug)
        #expect(second.logLevel == .error)
        #expect(first[metadataKey: "only-on"] == "first")
        #expect(second[metadataKey: "only-on"] == "second")
    }

    @Test("Lines from many threads come whole through a full and a non-blocking pipe", arguments: [false, true])
    func wholeLines(nonBlocking: Bool) async throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        if nonBlocking { #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0) }
        let writer = LineWriter(descriptor: descriptor)
        let writing = Task.detached {
            DispatchQueue.concurrentPerform(iterations: 8) { thread in
                for _ in 0..<10 { writer.write(String(repeating: "\(thread)", count: 30_000) + "\n") }
            }
            try? pipe.fileHandleForWriting.close()
        }
        let text = try await Task.detached {
            String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        }.value
        await writing.value
        let lines = text.split(separator: "\n")
        #expect(lines.count == 80)
        #expect(lines.allSatisfy { $0.utf8.count == 30_000 && Set($0).count == 1 })
    }

    @Test("A descriptor that takes nothing loses the line and no more")
    func closedDescriptor() {
        LineWriter(descriptor: -1).write("lost\n")
    }
}
