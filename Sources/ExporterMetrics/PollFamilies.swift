import Exposition

/// How polling goes: calls, limits, freshness.
enum PollFamilies {
    static let requests = MetricFamily(
        "rtc_api_requests_total",
        .counter,
        help: "Calls to a provider's API, by what came of them.",
        labels: ["provider", "account", "api", "outcome"]
    )
    static let requestDuration = MetricFamily(
        "rtc_api_request_duration_seconds",
        .histogram,
        help: "Time from the start of a call to the end of its answer.",
        unit: "seconds",
        labels: ["provider", "api"]
    )
    static let minInterval = MetricFamily(
        "rtc_api_min_interval_seconds",
        .gauge,
        help: "The shortest time between two calls that is kept now.",
        unit: "seconds",
        labels: ["provider", "account", "api"]
    )
    static let clockOffset = MetricFamily(
        "rtc_api_clock_offset_seconds",
        .gauge,
        help: "The provider's clock less this machine's, by the newest answer; good to a second.",
        unit: "seconds",
        labels: ["provider", "account"]
    )
    static let anomalies = MetricFamily(
        "rtc_reading_anomalies_total",
        .counter,
        help: "Oddities in answers that were used all the same.",
        labels: ["provider", "account", "source", "kind"]
    )
    static let success = MetricFamily(
        "rtc_poll_success",
        .gauge,
        help: "1 if the last attempt to read the app succeeded, 0 if it failed.",
        labels: ["provider", "account", "app", "source"]
    )
    static let lastAttempt = MetricFamily(
        "rtc_poll_last_attempt_timestamp_seconds",
        .gauge,
        help: "When the app was last asked about in this run of the exporter.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let lastSuccess = MetricFamily(
        "rtc_poll_last_success_timestamp_seconds",
        .gauge,
        help: "When the app was last asked about with success, earlier runs of the exporter included.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let wantedInterval = MetricFamily(
        "rtc_poll_wanted_interval_seconds",
        .gauge,
        help: "How often the running day is to be read, by the configuration.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let plannedInterval = MetricFamily(
        "rtc_poll_planned_interval_seconds",
        .gauge,
        help: "How often the plan can read the running day, given the limits and everybody's share.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let jobsWaiting = MetricFamily(
        "rtc_poll_jobs_waiting",
        .gauge,
        help: "Calls that are due and not yet sent.",
        labels: ["provider", "account", "api"]
    )

    static let all = [
        requests, requestDuration, minInterval, clockOffset, anomalies, success, lastAttempt, lastSuccess,
        wantedInterval,
        plannedInterval, jobsWaiting,
    ]
}
