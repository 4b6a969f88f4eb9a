import Exposition
import Testing

@testable import ExporterMetrics

@Suite("The catalogue")
struct MetricCatalogueTests {
    /// Section 4 of the design, by hand: name, kind and labels of what this version exposes.
    static let design: [String] = [
        "rtc_usage_seconds gauge provider,app,tier,room",
        "rtc_usage_day_start_timestamp_seconds gauge provider,app",
        "rtc_usage_data_through_timestamp_seconds gauge provider,app,source",
        "rtc_settled_usage_seconds gauge provider,app,tier",
        "rtc_settled_day_start_timestamp_seconds gauge provider,app",
        "rtc_month_usage_seconds gauge provider,app,tier",
        "rtc_month_start_timestamp_seconds gauge provider,app",
        "rtc_month_complete gauge provider,app",
        "rtc_previous_month_usage_seconds gauge provider,app,tier",
        "rtc_metered_seconds_total counter provider,app,tier",
        "rtc_usage_revised_seconds_total counter provider,app,direction",
        "rtc_source_usage_seconds gauge provider,app,tier,source",
        "rtc_source_info info provider,account,app,source,role,grain,zone",
        "rtc_rooms gauge provider,app",
        "rtc_rooms_folded gauge provider,app",
        "rtc_series_folded gauge ",
        "rtc_expected_usage_seconds gauge provider,app,bound",
        "rtc_app_info info provider,account,app,name",
        "rtc_api_requests_total counter provider,account,api,outcome",
        "rtc_api_request_duration_seconds histogram provider,api",
        "rtc_api_min_interval_seconds gauge provider,account,api",
        "rtc_api_clock_offset_seconds gauge provider,account",
        "rtc_reading_anomalies_total counter provider,account,source,kind",
        "rtc_poll_success gauge provider,account,app,source",
        "rtc_poll_last_attempt_timestamp_seconds gauge provider,account,app,source",
        "rtc_poll_last_success_timestamp_seconds gauge provider,account,app,source",
        "rtc_poll_wanted_interval_seconds gauge provider,account,app,source",
        "rtc_poll_planned_interval_seconds gauge provider,account,app,source",
        "rtc_poll_jobs_waiting gauge provider,account,api",
        "rtc_http_requests_total counter handler,code",
        "rtc_http_request_duration_seconds histogram handler",
        "rtc_ledger_size_bytes gauge ",
        "rtc_ledger_writable gauge ",
        "rtc_ledger_recoveries_total counter ",
        "rtc_exporter_build_info info version,revision,swiftversion",
        "rtc_exporter_config_last_reload_successful gauge ",
        "rtc_exporter_config_last_reload_success_timestamp_seconds gauge ",
        "process_cpu_seconds_total counter ",
        "process_resident_memory_bytes gauge ",
        "process_virtual_memory_bytes gauge ",
        "process_start_time_seconds gauge ",
        "process_open_fds gauge ",
        "process_max_fds gauge ",
        "process_threads gauge ",
    ]

    @Test("Its families can stand together on one page and keep the naming conventions")
    func conventions() {
        #expect(MetricFamily.problems(in: MetricCatalogue.families) == [])
    }

    @Test("It is the table of the design, with the same names, kinds and labels")
    func sameAsDesign() {
        let declared = MetricCatalogue.families.map { "\($0.name) \($0.kind) \($0.labels.joined(separator: ","))" }
        #expect(declared.sorted() == Self.design.sorted())
    }

    @Test("The help of each family is one sentence")
    func help() {
        for family in MetricCatalogue.families {
            #expect(family.help.hasSuffix("."), "\(family.name)")
            #expect(family.help.first?.isLetter == true || family.help.first?.isNumber == true, "\(family.name)")
        }
    }

    @Test("The help of a figure that is polled, estimated or not to be summed says so")
    func warnings() {
        let help = Dictionary(uniqueKeysWithValues: MetricCatalogue.families.map { ($0.name, $0.help) })
        #expect(help["rtc_usage_seconds"]?.contains("polled, not live") == true)
        #expect(help["rtc_usage_seconds"]?.contains("may mix days") == true)
        #expect(help["rtc_expected_usage_seconds"]?.contains("Estimate") == true)
        #expect(help["rtc_expected_usage_seconds"]?.contains("alternatives") == true)
        #expect(help["rtc_source_usage_seconds"]?.contains("not to be summed") == true)
    }
}
