import Exposition

/// Families of every kind, as an exporter would have them.
enum Examples {
    static let usage = MetricFamily(
        "rtc_usage_seconds",
        .gauge,
        help: "Usage of the app's current usage day so far.",
        unit: "seconds",
        labels: ["provider", "app", "tier", "room"]
    )
    static let metered = MetricFamily(
        "rtc_metered_seconds_total",
        .counter,
        help: "Usage since the app was first polled.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let duration = MetricFamily(
        "rtc_api_request_duration_seconds",
        .histogram,
        help: "Duration of calls.",
        unit: "seconds",
        labels: ["provider", "api"]
    )
    static let app = MetricFamily(
        "rtc_app_info",
        .info,
        help: "An app that is polled, with its \"name\".",
        labels: ["provider", "app", "name"]
    )
    static let rooms = MetricFamily("rtc_series_folded", .gauge, help: "Rooms folded because of the \\ limit.")
    static let silent = MetricFamily("rtc_silent", .gauge, help: "Never seen on a page.")

    static var durations: HistogramValue {
        var value = HistogramValue(upperBounds: [0.25, 1, 2.5, 10])
        for seconds in [0.1, 0.25, 0.9, 3, 60] { value.observe(seconds) }
        return value
    }

    static var all: [FamilySamples] {
        [
            FamilySamples(
                usage,
                [
                    Sample(["provider": "tencent", "app": "1400017192", "tier": "hd", "room": "room-1"], 3600),
                    Sample(["provider": "tencent", "app": "1400017192", "tier": "hd", "room": "_other"], 0),
                    Sample(["provider": "huawei", "app": "5fa682b3", "tier": "audio", "room": ""], 1.5),
                ]
            ),
            FamilySamples(
                metered,
                [Sample(["provider": "tencent", "app": "1400017192", "tier": "hd"], 9_007_199_254_740_993)]
            ),
            FamilySamples(silent),
            FamilySamples(
                duration,
                [
                    Sample(["provider": "tencent", "api": "room_usage"], durations),
                    Sample(["provider": "huawei", "api": "apps"], HistogramValue(upperBounds: [1])),
                ]
            ),
            FamilySamples(
                app,
                [Sample(["provider": "tencent", "app": "1400017192", "name": "Klasse \"7b\"\\教室\n"], 1)]
            ),
            FamilySamples(rooms, [Sample([:], 12)]),
        ]
    }
}

/// A page as text, for reading in a test.
func rendered(_ families: [FamilySamples], _ format: ExpositionFormat = .text) -> String {
    String(decoding: MetricsPage(families).body(format: format, gzip: false).bytes, as: UTF8.self)
}
