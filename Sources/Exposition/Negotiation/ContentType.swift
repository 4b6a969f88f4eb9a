/// What a page may be served as: a format, and the version of it that was asked for.
public enum ContentType: Sendable, Hashable, CaseIterable {
    /// The Prometheus text format.
    case text
    /// OpenMetrics 1.0.0.
    case openMetrics
    /// OpenMetrics 1.0.0 for a client that says how names are to be escaped, and is told how they are: Prometheus 3.
    case openMetricsEscaped
    /// OpenMetrics 0.0.1: the same bytes, under the only version that the client asked for.
    case openMetricsDraft

    /// The format to write.
    public var format: ExpositionFormat {
        switch self {
        case .text: .text
        case .openMetrics, .openMetricsEscaped, .openMetricsDraft: .openMetrics
        }
    }

    /// The value of the `Content-Type` header.
    ///
    /// Our names are the same under every scheme that keeps names of letters, digits and underscores, whichever was asked for.
    public var headerValue: String {
        let value = "\(mediaType); version=\(version); charset=utf-8"
        return self == .openMetricsEscaped ? "\(value); escaping=underscores" : value
    }

    /// Type and subtype, without parameters.
    var mediaType: String {
        switch self {
        case .text: "text/plain"
        case .openMetrics, .openMetricsEscaped, .openMetricsDraft: "application/openmetrics-text"
        }
    }

    /// The version of the format, as in the header's `version` parameter.
    var version: String {
        switch self {
        case .text: "0.0.4"
        case .openMetrics, .openMetricsEscaped: "1.0.0"
        case .openMetricsDraft: "0.0.1"
        }
    }
}
