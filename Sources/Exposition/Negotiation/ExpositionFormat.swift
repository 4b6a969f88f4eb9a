/// The two ways in which a page is written. Their samples are the same bytes; metadata and the end differ.
public enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// The Prometheus text format, version 0.0.4.
    case text
    /// OpenMetrics, version 1.0.0.
    case openMetrics

    /// What the page ends with, after the last family: written once, however many pieces the page is made of.
    var ending: [UInt8] {
        switch self {
        case .text: []
        case .openMetrics: Array("# EOF\n".utf8)
        }
    }
}
