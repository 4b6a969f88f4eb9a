public import Exposition

/// What apps used. Encoded per app when a reading changes the app's figures.
public enum UsageFamilies {
    /// The current day by room; in an export of history, each day.
    public static let usage = MetricFamily(
        "rtc_usage_seconds",
        .gauge,
        help:
            "Participant-seconds of the app's current usage day so far, as the provider last told (polled, not live). "
            + "Rooms beyond the limit are summed up as _other. A sum over providers may mix days.",
        unit: "seconds",
        labels: ["provider", "app", "tier", "room"]
    )
    static let dayStart = MetricFamily(
        "rtc_usage_day_start_timestamp_seconds",
        .gauge,
        help: "Start of the current usage day, midnight in the source's zone.",
        unit: "seconds",
        labels: ["provider", "app"]
    )
    static let dataThrough = MetricFamily(
        "rtc_usage_data_through_timestamp_seconds",
        .gauge,
        help: "Instant up to which the current day's figures reach, by the provider's documented lag.",
        unit: "seconds",
        labels: ["provider", "app", "source"]
    )
    static let settled = MetricFamily(
        "rtc_settled_usage_seconds",
        .gauge,
        help: "Participant-seconds of the newest day whose figures are final.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let settledDayStart = MetricFamily(
        "rtc_settled_day_start_timestamp_seconds",
        .gauge,
        help: "Start of the newest day whose figures are final.",
        unit: "seconds",
        labels: ["provider", "app"]
    )
    static let month = MetricFamily(
        "rtc_month_usage_seconds",
        .gauge,
        help: "Participant-seconds of the calendar month of the app's newest day so far, in the source's zone.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let monthStart = MetricFamily(
        "rtc_month_start_timestamp_seconds",
        .gauge,
        help: "Start of the month that rtc_month_usage_seconds is about.",
        unit: "seconds",
        labels: ["provider", "app"]
    )
    static let monthComplete = MetricFamily(
        "rtc_month_complete",
        .gauge,
        help: "0 while a day of the month so far is missing, else 1.",
        labels: ["provider", "app"]
    )
    static let previousMonth = MetricFamily(
        "rtc_previous_month_usage_seconds",
        .gauge,
        help: "Participant-seconds of the month before, revisions included; absent while one of its days is missing.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let metered = MetricFamily(
        "rtc_metered_seconds_total",
        .counter,
        help:
            "Participant-seconds metered since the app was first polled; never falls, whatever the provider restates.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let revised = MetricFamily(
        "rtc_usage_revised_seconds_total",
        .counter,
        help: "By how much the provider changed days after they were settled.",
        unit: "seconds",
        labels: ["provider", "app", "direction"]
    )
    /// The current day as each source tells it; in an export of history, each day.
    public static let sourceUsage = MetricFamily(
        "rtc_source_usage_seconds",
        .gauge,
        help: "The current day's total as each source tells it, for comparing sources; not to be summed over sources.",
        unit: "seconds",
        labels: ["provider", "app", "tier", "source"]
    )
    static let sourceInfo = MetricFamily(
        "rtc_source_info",
        .info,
        help: "The sources of an app: what each is for, how fine it is and the zone of its days.",
        labels: ["provider", "account", "app", "source", "role", "grain", "zone"]
    )
    static let rooms = MetricFamily(
        "rtc_rooms",
        .gauge,
        help: "Rooms with usage in the current usage day.",
        labels: ["provider", "app"]
    )
    static let roomsFolded = MetricFamily(
        "rtc_rooms_folded",
        .gauge,
        help: "Rooms of the current usage day that are summed up as _other.",
        labels: ["provider", "app"]
    )
    static let expected = MetricFamily(
        "rtc_expected_usage_seconds",
        .gauge,
        help: "Estimate from the app's own history for the whole of the newest settled day; bounds are alternatives.",
        unit: "seconds",
        labels: ["provider", "app", "bound"]
    )
    static let appInfo = MetricFamily(
        "rtc_app_info",
        .info,
        help: "The apps that are polled, with their account and name.",
        labels: ["provider", "account", "app", "name"]
    )

    static let all = [
        usage, dayStart, dataThrough, settled, settledDayStart, month, monthStart, monthComplete, previousMonth,
        metered,
        revised, sourceUsage, sourceInfo, rooms, roomsFolded, expected, appInfo,
    ]
}
