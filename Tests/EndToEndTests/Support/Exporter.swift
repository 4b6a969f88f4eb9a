import Foundation

/// A running exporter.
struct RunningExporter {
    let process: ChildProcess
    let port: String

    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts the exporter on any free port and waits until it listens.
    static func start(_ arguments: [String], environment: [String: String] = [:]) async throws -> RunningExporter {
        let all = arguments + ["--web.listen-address", "127.0.0.1:0"]
        let process = try ChildProcess(Workplace.exporter, all, environment: environment)
        let rest = try await process.line(with: "msg=\"Listening.\" component=http ")
        guard let port = rest.split(separator: ":").last else {
            throw ChildProcess.Problem(description: "no port in \(rest)")
        }
        return RunningExporter(process: process, port: String(port))
    }

    /// Waits until the ledger's figures are on the page.
    func waitUntilReady() async throws {
        try await eventually("the exporter is ready", within: .seconds(20)) {
            try await Web.get("\(url)/-/ready").status == 200
        }
    }

    func page() async throws -> MetricsText {
        MetricsText(try await Web.get("\(url)/metrics").body)
    }
}

/// A running simulated provider.
struct RunningSimulator {
    /// One call as the provider saw it.
    struct Call: Decodable {
        let monotonic_ms: Int
        let outcome: String
        let app: String?
        let api: String?
    }

    /// What the provider holds to be true.
    struct Truth: Decodable {
        struct App: Decodable {
            let app: String
            let sum: Int
        }

        let sum: Int
        let apps: [App]
    }

    let process: ChildProcess?
    let url: String

    /// Starts the simulated provider alone.
    static func start(spacingMilliseconds: Int) async throws -> RunningSimulator {
        let process = try ChildProcess(
            Workplace.exporter,
            ["simulate", "--web.listen-address", "127.0.0.1:0", "--spacing-milliseconds", "\(spacingMilliseconds)"]
        )
        return RunningSimulator(process: process, url: try await address(from: process))
    }

    /// The one inside a demo.
    static func inside(_ demo: RunningExporter) async throws -> RunningSimulator {
        RunningSimulator(process: nil, url: try await address(from: demo.process))
    }

    private static func address(from process: ChildProcess) async throws -> String {
        try await RunningSimulators.addresses(from: process)["tencent"] ?? ""
    }

    func truth() async throws -> Truth { try await Web.json(Truth.self, "\(url)/simulator/truth") }

    func calls() async throws -> [Call] { try await Web.json([Call].self, "\(url)/simulator/calls") }

    func stopClock() async throws {
        _ = try await Web.post("\(url)/simulator/clock", #"{"stopped": true}"#)
    }

    func breakDown(_ fault: String) async throws {
        _ = try await Web.post("\(url)/simulator/faults", #"{"name": "\#(fault)"}"#)
    }
}

/// All simulated providers, in a process of their own.
struct RunningSimulators {
    let process: ChildProcess?
    let tencent: String
    let huawei: String
    let huaweiIAM: String
    let volcengine: String

    init(process: ChildProcess?, addresses: [String: String]) {
        self.process = process
        tencent = addresses["tencent"] ?? ""
        huawei = addresses["huawei"] ?? ""
        huaweiIAM = addresses["huawei_iam"] ?? ""
        volcengine = addresses["volcengine"] ?? ""
    }

    /// Starts them with short spacings.
    static func start() async throws -> RunningSimulators {
        let process = try ChildProcess(
            Workplace.exporter,
            ["simulate", "--web.listen-address", "127.0.0.1:0", "--spacing-milliseconds", "300"]
        )
        return RunningSimulators(process: process, addresses: try await addresses(from: process))
    }

    /// Where they listen, by the name in the log.
    static func addresses(from process: ChildProcess) async throws -> [String: String] {
        let rest = try await process.line(with: "The simulated providers listen.")
        let fields = rest.split(whereSeparator: { " \"\n".contains($0) }).map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(fields.filter { $0.count == 2 }.map { (String($0[0]), String($0[1])) }) { first, _ in first }
    }

    func breakDown(_ fault: String) async throws {
        _ = try await Web.post("\(tencent)/simulator/faults", #"{"name": "\#(fault)"}"#)
    }
}
