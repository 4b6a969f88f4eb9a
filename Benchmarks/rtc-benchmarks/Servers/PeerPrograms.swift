import Foundation

/// The peers, built from `Benchmarks/Peers` with what Debian has.
struct PeerPrograms {
    private let folder: URL

    /// Builds them all in an empty folder.
    init(in folder: URL) throws {
        self.folder = folder
        let compiler = PeerCompiler(folder: folder)
        _ = try compiler.c("prebuilt")
        for name in ["client_golang", "victoriametrics"] { _ = try compiler.go(name) }
    }

    /// The C program, with what another server hands out now.
    func prebuilt(
        copying server: ServerProcess,
        text: ScrapeRequest = .text,
        gzip: ScrapeRequest = .gzip
    ) throws -> ServerProcess {
        let connection = try ScrapeConnection(port: server.port)
        let (textFile, gzipFile) = (folder.appending(path: "body.txt"), folder.appending(path: "body.gz"))
        let answer = try connection.get(text, keepingBody: true)
        try Data(answer.body).write(to: textFile)
        try Data(try connection.get(gzip, keepingBody: true).body).write(to: gzipFile)
        return try ServerProcess(
            folder.appending(path: "prebuilt"),
            [answer.contentType, textFile.path, gzipFile.path]
        )
    }

    /// What gzip itself makes, at its usual level, of the text that was copied last: a size in bytes.
    func sizeByGzip() throws -> Int {
        let text = folder.appending(path: "body.txt")
        _ = try PeerProgram.output(of: "/usr/bin/gzip", ["--keep", "--force", text.path])
        let attributes = try FileManager.default.attributesOfItem(atPath: text.path + ".gz")
        return (attributes[.size] as? Int) ?? 0
    }

    /// client_golang with const metrics from a collector.
    func clientGolang(series: Int) throws -> ServerProcess {
        try ServerProcess(folder.appending(path: "client_golang"), ["\(series)"])
    }

    /// VictoriaMetrics/metrics.
    func victoriaMetrics(series: Int) throws -> ServerProcess {
        try ServerProcess(folder.appending(path: "victoriametrics"), ["\(series)"])
    }
}
