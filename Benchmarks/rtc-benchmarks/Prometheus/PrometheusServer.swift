import Foundation

/// Debian's Prometheus, which scrapes one server on this machine once a minute.
struct PrometheusServer {
    private struct Answer: Decodable {
        struct Payload: Decodable { let result: [Series] }
        struct Series: Decodable { let values: [Sample] }

        /// A sample is a number and a text: when, and what.
        struct Sample: Decodable {
            let value: Double

            init(from decoder: any Decoder) throws {
                var parts = try decoder.unkeyedContainer()
                _ = try parts.decode(Double.self)
                let text = try parts.decode(String.self)
                guard let value = Double(text) else {
                    throw DecodingError.dataCorruptedError(in: parts, debugDescription: "\(text) is no number")
                }
                self.value = value
            }
        }

        let data: Payload
    }

    private static let program = "/usr/bin/prometheus"

    /// Says the port and runs the program until the standard input ends, as our own servers do.
    private static let script = """
        echo "port $1"; log=$2; shift 2; "$@" >"$log" 2>&1 & child=$!; cat >/dev/null; kill $child; wait $child
        """

    private let process: ServerProcess

    /// Starts it with a folder of its own, to scrape a port.
    init(in folder: URL, scraping target: Int) throws {
        guard FileManager.default.fileExists(atPath: Self.program) else {
            throw BenchmarkError.packagesMissing(["prometheus"])
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let configuration = folder.appending(path: "prometheus.yml")
        let text = """
            global: { scrape_interval: 60s, scrape_timeout: 60s }
            scrape_configs:
              - job_name: rtc
                honor_labels: true
                static_configs: [ { targets: ["127.0.0.1:\(target)"] } ]

            """
        try Data(text.utf8).write(to: configuration)
        let port = try LoopbackSocket.freePort()
        process = try ServerProcess(
            URL(filePath: "/bin/sh"),
            [
                "-c", Self.script, "sh", "\(port)", folder.appending(path: "log").path, Self.program,
                "--config.file=\(configuration.path)", "--storage.tsdb.path=\(folder.appending(path: "data").path)",
                "--web.listen-address=127.0.0.1:\(port)",
            ]
        )
    }

    /// Ends it and waits for that.
    func stop() { process.stop() }

    /// Waits until a scrape has come to its end, which may be a failure.
    func waitForFirstScrape() async throws {
        for _ in 0..<60 {
            try await Task.sleep(for: .seconds(3))
            // It may not listen yet.
            if let samples = try? samples(of: "up[5m]"), !samples.isEmpty { return }
        }
        throw BenchmarkError.noAnswer("Prometheus has not scraped within three minutes")
    }

    /// The values of a series within a window, the oldest first.
    func samples(of query: String) throws -> [Double] {
        let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let request = ScrapeRequest(path: "/api/v1/query?query=\(escaped)", accept: "application/json", gzip: false)
        let body = try ScrapeConnection(port: process.port).get(request, keepingBody: true).body
        return try JSONDecoder().decode(Answer.self, from: Data(body)).data.result.flatMap(\.values).map(\.value)
    }
}
