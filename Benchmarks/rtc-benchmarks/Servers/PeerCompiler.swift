import Foundation

/// Builds peers from `Benchmarks/Peers` with what Debian has.
struct PeerCompiler {
    /// A compiler or a library, where it is and in which package.
    private struct Need {
        let path: String
        let package: String
    }

    /// Where the sources are.
    static let sources = URL(filePath: #filePath).appending(path: "../../../Peers").standardized

    private static let goPath = "/usr/share/gocode"
    private static let compilerOfC = Need(path: "/usr/bin/gcc", package: "gcc")
    private static let compilerOfGo = Need(path: "/usr/bin/go", package: "golang-go")
    private static let libraries = [
        Need(
            path: "\(goPath)/src/github.com/prometheus/client_golang",
            package: "golang-github-prometheus-client-golang-dev"
        ),
        Need(
            path: "\(goPath)/src/github.com/VictoriaMetrics/metrics",
            package: "golang-github-victoriametrics-metrics-dev"
        ),
    ]

    /// Where programs are put, and what the compilers keep.
    let folder: URL

    /// Builds a program of one file in C.
    func c(_ name: String) throws -> URL {
        try Self.check([Self.compilerOfC])
        let source = Self.sources.appending(path: "\(name)/\(name).c").path
        return try build(name, Self.compilerOfC, ["-O2", "-pthread", "-o"], [source])
    }

    /// Builds a program of one file in Go. Go takes Debian's packages as they lie in the file system, and nothing from the network.
    func go(_ name: String) throws -> URL {
        try Self.check([Self.compilerOfGo] + Self.libraries)
        let source = Self.sources.appending(path: "\(name)/main.go").path
        return try build(name, Self.compilerOfGo, ["build", "-o"], [source])
    }

    private func build(_ name: String, _ compiler: Need, _ flags: [String], _ sources: [String]) throws -> URL {
        let program = folder.appending(path: name)
        let environment = [
            "GO111MODULE": "off", "GOPATH": Self.goPath, "GOFLAGS": "-buildvcs=false",
            "GOCACHE": folder.appending(path: "go-cache").path,
        ]
        _ = try PeerProgram.output(of: compiler.path, flags + [program.path] + sources, environment)
        return program
    }

    private static func check(_ needs: [Need]) throws {
        let missing = needs.filter { !FileManager.default.fileExists(atPath: $0.path) }.map(\.package).sorted()
        guard missing.isEmpty else { throw BenchmarkError.packagesMissing(missing) }
    }
}

/// A program that does its work and ends.
enum PeerProgram {
    /// Runs it and gives what it wrote.
    static func output(
        of program: String,
        _ arguments: [String],
        _ environment: [String: String] = [:]
    ) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program).resolvingSymlinksInPath()
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.programFailed("\(program) \(arguments.joined(separator: " "))")
        }
        return text
    }
}
