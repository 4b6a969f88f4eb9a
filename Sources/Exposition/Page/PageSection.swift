/// One family as it is on a page: the lines about it, which differ between the formats, and its samples, which do not.
struct PageSection: Sendable {
    /// The lines before the samples, by format.
    struct Metadata: Sendable {
        private let text: Fragment
        private let openMetrics: Fragment

        init(_ family: MetricFamily) {
            text = Fragment(family.metadata(.text))
            openMetrics = Fragment(family.metadata(.openMetrics))
        }

        subscript(format: ExpositionFormat) -> Fragment {
            switch format {
            case .text: text
            case .openMetrics: openMetrics
            }
        }
    }

    private let metadata: Metadata
    private let samples: [Fragment]
    private let samplesChecksum: Checksum

    /// `nil` for a family without samples, of which the page shows nothing.
    init?(_ metadata: Metadata, _ samples: [Fragment], _ checksum: Checksum) {
        guard !samples.isEmpty else { return nil }
        (self.metadata, self.samples, samplesChecksum) = (metadata, samples, checksum)
    }

    /// All of it in the order of the page.
    func fragments(_ format: ExpositionFormat) -> [Fragment] { [metadata[format]] + samples }

    /// Of all that as text.
    func checksum(_ format: ExpositionFormat) -> Checksum { metadata[format].checksum + samplesChecksum }
}
