import Exposition
import Testing
import Usage

@testable import ExporterMetrics

@Suite("The exporter itself")
struct ExporterFamiliesTests {
    @Test("The build, and the configuration in force with its time, are facts")
    func facts() {
        let families = ExporterFacts.example.families()
        #expect(families.problems == [])
        #expect(
            families.samples("rtc_exporter_build_info") == [
                Sample(["version": "1.2.3", "revision": "0123456789ab", "swiftversion": "6.3"], 1)
            ]
        )
        #expect(families.samples("rtc_exporter_config_last_reload_successful") == [Sample(.empty, 1)])
        #expect(
            families.samples("rtc_exporter_config_last_reload_success_timestamp_seconds")
                == [Sample(.empty, 1_795_226_400)]
        )
    }

    @Test("A configuration that cannot be loaded is told, with the time of the one in force, until one can be loaded")
    func reloads() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 10)
        func shown() async throws -> [String] {
            await publisher.publish([])
            let page = PageText(try #require(publisher.page))
            return page.samples("rtc_exporter_config_last_reload_successful")
                + page.samples("rtc_exporter_config_last_reload_success_timestamp_seconds")
        }
        let (result, time) = (
            "rtc_exporter_config_last_reload_successful",
            "rtc_exporter_config_last_reload_success_timestamp_seconds"
        )
        await publisher.noteFailedLoad()
        #expect(try await shown() == ["\(result) 0", "\(time) 1795226400"])
        await publisher.noteConfiguration(loadedAt: UnixTime(seconds: 1_795_230_000), seriesLimit: 10)
        #expect(try await shown() == ["\(result) 1", "\(time) 1795230000"])
    }

    @Test("The ledger's size is told, and whether it could be written", arguments: [true, false])
    func ledger(isWritable: Bool) {
        let families = StoreSamples(condition: .example(size: 4096, isWritable: isWritable)).families()
        #expect(families.problems == [])
        #expect(families.samples("rtc_ledger_size_bytes") == [Sample(.empty, 4096)])
        #expect(families.samples("rtc_ledger_writable") == [Sample(.empty, isWritable ? 1 : 0)])
    }

    @Test("HTTP requests are counted by handler and code, and start at 0")
    func requests() {
        let statistics = HTTPStatistics(handlers: ["metrics", "other"])
        #expect(
            statistics.families().integers("rtc_http_requests_total", by: "handler", "code")
                == ["metrics 200": 0, "other 200": 0]
        )
        statistics.count(handler: "metrics", code: 200, took: .milliseconds(2))
        statistics.count(handler: "metrics", code: 200, took: .milliseconds(1))
        statistics.count(handler: "metrics", code: 503, took: .seconds(20))
        let families = statistics.families()
        #expect(families.problems == [])
        #expect(
            families.integers("rtc_http_requests_total", by: "handler", "code")
                == ["metrics 200": 2, "metrics 503": 1, "other 200": 0]
        )
        let durations = families.samples("rtc_http_request_duration_seconds").map { sample -> [Int] in
            if case .histogram(let value) = sample.value { value.bucketCounts } else { [] }
        }
        #expect(durations == [[1, 1, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0]])
    }
}
