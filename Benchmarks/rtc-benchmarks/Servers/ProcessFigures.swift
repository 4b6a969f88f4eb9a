// Declares `timespec`, as Swift sees it on Linux.
import CDispatch
import Foundation

/// What a process has used so far, as the kernel counts it: of any process, without its help.
struct ProcessFigures {
    /// The process.
    let id: pid_t

    /// CPU seconds of all its threads, user and system, to the microsecond: the ticks in `/proc/PID/stat` are far too coarse for
    /// one scrape.
    var cpuSeconds: Double {
        get throws {
            var clock = clockid_t()
            var time = timespec()
            guard unsafe clock_getcpuclockid(id, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else {
                throw BenchmarkError.noAnswer("process \(id) has ended")
            }
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
    }

    /// Memory that it holds now, in bytes.
    var residentBytes: Double { get throws { try status("VmRSS") } }

    /// The most memory that it held since its start or since ``forgetPeak()``, in bytes.
    var peakBytes: Double { get throws { try status("VmHWM") } }

    /// Begins a new peak at what is held now.
    func forgetPeak() throws {
        let file = try FileHandle(forWritingTo: URL(filePath: "/proc/\(id)/clear_refs"))
        try file.write(contentsOf: Data("5".utf8))
        try file.close()
    }

    private func status(_ name: String) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let words = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }?.split(
            whereSeparator: \.isWhitespace
        )
        guard let words, words.count == 3, let kibibytes = Double(words[1]) else {
            throw BenchmarkError.noAnswer("process \(id) has no \(name)")
        }
        return kibibytes * 1024
    }
}
