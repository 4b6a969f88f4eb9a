import Foundation

/// The real Prometheus, scraping one exporter each second.
struct PrometheusServer {
    private struct Answer: Decodable {
        struct Payload: Decodable {
            let result: [Series]
        }

        struct Series: Decodable {
            let metric: [String: String]
            let value: [Value]
        }

        /// A sample is a number and a text: when, and what.
        enum Value: Decodable {
            case time(Double)
            case text(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let text = try? container.decode(String.self) {
                    self = .text(text)
                } else {
                    self = .time(try container.decode(Double.self))
                }
            }
        }

        let data: Payload
    }

    private struct Targets: Decodable {
        struct Payload: Decodable {
            let activeTargets: [Target]
        }

        struct Target: Decodable {
            let health: String
            let lastError: String
        }

        let data: Payload
    }

    let process: ChildProcess
    let url: String

    /// One that scrapes an exporter, with further lines of the scrape configuration.
    static func start(
        in workplace: Workplace,
        scraping exporter: RunningExporter,
        _ more: String = ""
    ) async throws -> PrometheusServer {
        let configuration = try workplace.write(
            "prometheus.yml",
            """
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: rtc
                honor_labels: true
                static_configs: [ { targets: ["127.0.0.1:\(exporter.port)"] } ]
            \(more)
            """
        )
        return try await start([
            "--config.file=\(configuration)", "--storage.tsdb.path=\(workplace.path("prometheus"))",
        ])
    }

    /// One that scrapes nothing and shows what is stored in a folder.
    static func start(in workplace: Workplace, showing storage: String) async throws -> PrometheusServer {
        let configuration = try workplace.write("prometheus.yml", "{}")
        return try await start([
            "--config.file=\(configuration)", "--storage.tsdb.path=\(storage)", "--storage.tsdb.retention.time=10y",
        ])
    }

    private static func start(_ arguments: [String]) async throws -> PrometheusServer {
        let port = try SilentPort.free()
        let process = try ChildProcess("/usr/bin/prometheus", arguments + ["--web.listen-address=127.0.0.1:\(port)"])
        let server = PrometheusServer(process: process, url: "http://127.0.0.1:\(port)")
        try await eventually("Prometheus is ready", within: .seconds(30)) {
            (try? await Web.get("\(server.url)/-/ready").status) == 200
        }
        return server
    }

    /// An instant query, of now unless a time is given: values by the label named.
    func query(_ expression: String, by label: String = "app", at time: Int? = nil) async throws -> [String: Double] {
        let allowed = CharacterSet.alphanumerics
        let escaped = expression.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        let moment = time.map { "&time=\($0)" } ?? ""
        let answer = try await Web.json(Answer.self, "\(url)/api/v1/query?query=\(escaped)\(moment)")
        var values: [String: Double] = [:]
        for series in answer.data.result {
            for case .text(let text) in series.value { values[series.metric[label] ?? ""] = Double(text) }
        }
        return values
    }

    /// What went wrong with scraping; empty when all is well.
    func scrapeErrors() async throws -> [String] {
        try await Web.json(Targets.self, "\(url)/api/v1/targets").data.activeTargets
            .filter { $0.health != "up" }.map { "\($0.health): \($0.lastError)" }
    }
}
