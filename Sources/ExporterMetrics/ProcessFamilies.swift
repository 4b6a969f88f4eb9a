import Exposition
import Foundation

/// The process, by the names that Prometheus reserves for it. Source: `/proc/self`, proc(5).
enum ProcessFamilies {
    static let cpu = MetricFamily(
        "process_cpu_seconds_total",
        .counter,
        help: "User and system CPU time spent, in seconds.",
        unit: "seconds"
    )
    static let residentMemory = MetricFamily(
        "process_resident_memory_bytes",
        .gauge,
        help: "Resident memory size in bytes.",
        unit: "bytes"
    )
    static let virtualMemory = MetricFamily(
        "process_virtual_memory_bytes",
        .gauge,
        help: "Virtual memory size in bytes.",
        unit: "bytes"
    )
    static let startTime = MetricFamily(
        "process_start_time_seconds",
        .gauge,
        help: "Start time of the process since unix epoch in seconds.",
        unit: "seconds"
    )
    static let openFiles = MetricFamily("process_open_fds", .gauge, help: "Number of open file descriptors.")
    static let mostFiles = MetricFamily("process_max_fds", .gauge, help: "Maximum number of open file descriptors.")
    static let threads = MetricFamily("process_threads", .gauge, help: "Number of threads of the process.")

    static let all = [cpu, residentMemory, virtualMemory, startTime, openFiles, mostFiles, threads]
}

/// The process at one moment. What the system does not tell is absent.
struct ProcessSamples {
    private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
    private static let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))

    private let root: String

    /// - Parameter root: The process's folder in proc; another one in tests.
    init(root: String = "/proc/self") {
        self.root = root
    }

    func families() -> [FamilySamples] {
        let stat = statistics()
        return [
            family(ProcessFamilies.cpu, stat.map { Double($0.cpuTicks) / Self.ticksPerSecond }),
            family(ProcessFamilies.residentMemory, stat.map { Double($0.residentPages) * Self.pageSize }),
            family(ProcessFamilies.virtualMemory, stat.map { Double($0.virtualBytes) }),
            family(ProcessFamilies.startTime, startTime(stat)),
            family(ProcessFamilies.openFiles, openFiles()),
            family(ProcessFamilies.mostFiles, mostFiles()),
            family(ProcessFamilies.threads, stat.map { Double($0.threads) }),
        ]
    }

    private struct Statistics {
        let cpuTicks: Int
        let threads: Int
        let startTicks: Int
        let virtualBytes: Int
        let residentPages: Int
    }

    private func family(_ family: MetricFamily, _ value: Double?) -> FamilySamples {
        FamilySamples(family, value.map { [Sample(.empty, $0)] } ?? [])
    }

    /// Fields are counted behind the command's name, which stands in brackets and may hold anything, broken UTF-8 too.
    private func statistics() -> Statistics? {
        guard let stat = FileManager.default.contents(atPath: "\(root)/stat"),
            let bracket = stat.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = stat[(bracket + 1)...].split(separator: UInt8(ascii: " ")).map {
            Int(String(decoding: $0, as: UTF8.self))
        }
        guard fields.count > 21, let user = fields[11], let system = fields[12], let threads = fields[17],
            let start = fields[19], let virtual = fields[20], let resident = fields[21]
        else { return nil }
        return Statistics(
            cpuTicks: user + system,
            threads: threads,
            startTicks: start,
            virtualBytes: virtual,
            residentPages: resident
        )
    }

    private func startTime(_ statistics: Statistics?) -> Double? {
        guard let statistics, let boot = Self.bootTime else { return nil }
        return boot + Double(statistics.startTicks) / Self.ticksPerSecond
    }

    /// When the machine started, in seconds since the epoch. Read once: it takes the kernel longer than all the rest, and moves when
    /// the clock is set.
    private static let bootTime: Double? = {
        let lines = FileManager.default.contents(atPath: "/proc/stat").map { String(decoding: $0, as: UTF8.self) }
        let line = lines?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) }
    }()

    private func openFiles() -> Double? {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/fd")).map { Double($0.count) }
    }

    /// Looked for as bytes: to find lines and words in text takes as long as all the rest.
    private func mostFiles() -> Double? {
        let lines = FileManager.default.contents(atPath: "\(root)/limits")?.split(separator: UInt8(ascii: "\n"))
        let line = lines?.first { $0.starts(with: "Max open files".utf8) }
        let most = line?.split(separator: UInt8(ascii: " ")).dropFirst(3).first
        return most.flatMap { Double(String(decoding: $0, as: UTF8.self)) }
    }
}
