import Testing

@testable import Exposition

@Suite("A metrics page")
struct MetricsPageTests {
    @Test("A family without samples leaves no trace")
    func silentFamily() {
        #expect(rendered([FamilySamples(Examples.silent)]) == "")
        #expect(rendered([FamilySamples(Examples.silent)], .openMetrics) == "# EOF\n")
    }

    @Test("The empty page is empty in text and one line in OpenMetrics")
    func emptyPage() {
        #expect(MetricsPage.empty.body(format: .text, gzip: false).bytes == [])
        #expect(MetricsPage.empty.body(format: .openMetrics, gzip: false).bytes == Array("# EOF\n".utf8))
    }

    @Test("Samples of one family come together where it comes first")
    func grouping() {
        func part(_ family: MetricFamily, _ value: Int) -> FamilySamples {
            FamilySamples(family, [Sample(["n": "\(value)"], value)])
        }
        let (a, b) = (MetricFamily("a", .gauge, help: "A."), MetricFamily("b", .gauge, help: "B."))
        #expect(
            rendered([FamilySamples(a), part(a, 1), part(b, 2), part(a, 3)]) == """
                # HELP a A.
                # TYPE a gauge
                a{n="1"} 1
                a{n="3"} 3
                # HELP b B.
                # TYPE b gauge
                b{n="2"} 2

                """
        )
    }

    @Test("A family encoded earlier stands on any number of pages")
    func reuse() {
        let families = Examples.all.map(EncodedFamily.init)
        for _ in 0..<2 {
            var composer = PageComposer<Int>(Examples.all.map(\.family))
            composer.set(families, of: 1)
            let page = composer.page()
            #expect(
                String(decoding: page.body(format: .text, gzip: false).bytes, as: UTF8.self) == rendered(Examples.all)
            )
        }
        #expect(families.map(\.isEmpty) == Examples.all.map(\.samples.isEmpty))
    }

    @Test("A value that the kind cannot have costs its sample and nothing else")
    func mismatch() {
        let histogram = Sample(["provider": "x", "api": "y"], Examples.durations)
        let usage = FamilySamples(Examples.usage, [histogram, Sample([:], 1)])
        let durations = FamilySamples(Examples.duration, [Sample([:], 1), Sample([:], 1.5)])
        #expect(rendered([usage, durations]).split(separator: "\n").dropFirst(2) == ["rtc_usage_seconds 1"])
    }

    @Test("A histogram without labels has no stray comma or braces")
    func bareHistogram() {
        let family = MetricFamily("d_seconds", .histogram, help: "D.", unit: "seconds")
        let text = rendered([FamilySamples(family, [Sample([:], HistogramValue(upperBounds: [0.5]))])])
        #expect(
            text.split(separator: "\n").dropFirst(2) == [
                "d_seconds_bucket{le=\"0.5\"} 0", "d_seconds_bucket{le=\"+Inf\"} 0", "d_seconds_sum 0",
                "d_seconds_count 0",
            ]
        )
    }

    @Test("Help of several lines, which a catalogue should not have, still cannot break a page")
    func helpOfSeveralLines() {
        let family = MetricFamily("a", .gauge, help: "One\\\n\"two\"")
        #expect(rendered([FamilySamples(family, [Sample([:], 1)])]).hasPrefix("# HELP a One\\\\\\n\"two\"\n"))
        #expect(
            rendered([FamilySamples(family, [Sample([:], 1)])], .openMetrics)
                == "# TYPE a gauge\n# HELP a One\\\\\\n\\\"two\\\"\na 1\n# EOF\n"
        )
    }

    @Test("Many scrapes at once of an unprepared page all get the same bytes")
    func concurrentScrapes() async {
        let page = MetricsPage(Examples.all)
        let bodies = await withTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<32 { group.addTask { page.body(format: .openMetrics, gzip: true).bytes } }
            return await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(bodies.count == 1)
    }
}
