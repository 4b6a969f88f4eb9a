import Exposition
import Testing

@Suite("Declarations")
struct MetricFamilyTests {
    @Test("The examples of every kind have no problems, alone or together")
    func examples() {
        #expect(MetricFamily.problems(in: Examples.all.map(\.family)) == [])
        #expect(Examples.all.flatMap { $0.problems() } == [])
    }

    @Test(
        "A name is snake_case, in base units, and says neither its kind nor a generated suffix",
        arguments: [
            ("", .gauge, "not snake_case"), ("rtcUsage", .gauge, "not snake_case"),
            ("rtc-usage", .gauge, "not snake_case"),
            ("rtc:usage", .gauge, "not snake_case"), ("2k_rooms", .gauge, "not snake_case"),
            ("_rooms", .gauge, "not snake_case"),
            ("rooms_", .gauge, "not snake_case"), ("rtc__rooms", .gauge, "not snake_case"),
            ("räume", .gauge, "not snake_case"),
            ("rtc_usage_minutes", .gauge, "\"minutes\" in the name"), ("rtc_days_left", .gauge, "\"days\" in the name"),
            ("rtc_lag_ms", .gauge, "\"ms\" in the name"), ("rtc_rooms_gauge", .gauge, "own kind, gauge"),
            ("rtc_counter_calls_total", .counter, "own kind, counter"), ("rtc_calls", .counter, "ends in _total"),
            ("rtc_app", .info, "ends in _info"), ("_total", .counter, "not snake_case"),
            ("rtc_rooms_total", .gauge, "_total is"),
            ("rtc_app_info", .gauge, "_info is"), ("rtc_app_info_total", .counter, "_info is"),
            ("rtc_room_count", .gauge, "_count is"), ("rtc_usage_sum", .gauge, "_sum is"),
            ("rtc_bit_bucket", .gauge, "_bucket is"),
            ("rtc_rooms_created", .gauge, "_created is"), ("rtc_rooms_count", .histogram, "_count is"),
        ] as [(String, MetricKind, String)]
    )
    func name(_ name: String, _ kind: MetricKind, has problem: String) {
        let problems = MetricFamily(name, kind, help: "Help.").problems()
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("\(name): ") })
    }

    @Test(
        "Help is one line that says something",
        arguments: ["", " ", "\n", "One\ntwo", "One\r\ntwo", "One\u{2028}two"]
    )
    func help(_ help: String) {
        #expect(!MetricFamily("rtc_rooms", .gauge, help: help).problems().isEmpty)
    }

    @Test(
        "A unit ends the name, and a name that ends with one declares it",
        arguments: [
            ("rtc_usage_seconds", .gauge, "seconds", true), ("rtc_usage_seconds_total", .counter, "seconds", true),
            ("rtc_usage_seconds", .gauge, nil, false), ("rtc_usage_seconds_total", .counter, nil, false),
            ("rtc_usage", .gauge, "seconds", false), ("rtc_usage_seconds", .gauge, "bytes", false),
            ("rtc_usage_seconds", .gauge, "", false), ("seconds", .gauge, "seconds", false),
            ("rtc_rooms", .gauge, nil, true),
            ("rtc_book_seconds_info", .info, "seconds", false), ("rtc_usageseconds", .gauge, "seconds", false),
        ] as [(String, MetricKind, String?, Bool)]
    )
    func unit(_ name: String, _ kind: MetricKind, _ unit: String?, isRight: Bool) {
        #expect(MetricFamily(name, kind, help: "Help.", unit: unit).problems().isEmpty == isRight)
    }

    @Test(
        "Label names are snake_case, free, and declared once",
        arguments: [
            ["le"], ["quantile"], ["__name__"], ["__x"], ["Room"], ["room-id"], [""], ["räume"], ["2k"],
            ["a", "b", "a"],
        ]
    )
    func labels(_ labels: [String]) {
        #expect(!MetricFamily("rtc_rooms", .gauge, help: "Help.", labels: labels).problems().isEmpty)
    }

    @Test(
        "Families that cannot stand on one page are found",
        arguments: [
            (("x", .gauge), ("x", .gauge), "declared twice"), (("x", .gauge), ("x", .histogram), "declared twice"),
            (("x", .gauge), ("x_total", .counter), "same name as x"),
            (("x_total", .counter), ("x", .gauge), "same name as x_total"),
            (("x", .gauge), ("x_info", .info), "same name as x"),
            (("x_total", .counter), ("x_info", .info), "same name as x_total"),
            (("x", .histogram), ("x_total", .counter), "same name as x"),
            (("x", .histogram), ("x_count", .gauge), "that x generates"),
            (("x", .histogram), ("x_bucket", .gauge), "that x generates"),
            (("x", .histogram), ("x_sum_total", .counter), "that x generates"),
            (("x_total", .counter), ("x_created", .gauge), "that x generates"),
        ] as [((String, MetricKind), (String, MetricKind), String)]
    )
    func collision(_ first: (String, MetricKind), _ second: (String, MetricKind), problem: String) {
        let families = [first, second].map { MetricFamily($0.0, $0.1, help: "Help.") }
        let problems = MetricFamily.problems(in: families)
        #expect(problems.contains { $0.hasPrefix("\(second.0): ") && $0.contains(problem) }, "\(problems)")
    }

    @Test("The rules of one declaration count for a list too")
    func listed() {
        #expect(MetricFamily.problems(in: [MetricFamily("x", .gauge, help: "")]) == ["x: the help is empty"])
    }

    @Test("OpenMetrics knows a family by its stem")
    func stem() {
        #expect(Examples.metered.stem == "rtc_metered_seconds")
        #expect(Examples.app.stem == "rtc_app")
        #expect(MetricFamily("rtc_calls_total", .gauge, help: "Help.").stem == "rtc_calls_total")
        #expect(MetricFamily("rtc_calls", .counter, help: "Help.").stem == "rtc_calls")
    }
}
