import Exposition
import Testing

@Suite("A whole page")
struct GoldenTests {
    static let hostile = FamilySamples(
        MetricFamily(
            "rtc_room_seconds",
            .gauge,
            help: "A backslash \\ and a \"quote\" stay readable.",
            unit: "seconds",
            labels: ["room"]
        ),
        [
            "a\nb", "\"} 2\n# EOF\n\"", "C:\\n\\", "教室７組、会議", "👩‍👩‍👧‍👦🇩🇪", "שלום \u{202e}evil",
            "{}=,le=\"1.0\" # HELP", "",
        ].enumerated().map { Sample(["room": $1], $0 + 1) }
    )

    @Test("A page of every kind is the golden file of its format")
    func everyKind() throws {
        let page = MetricsPage(Examples.all)
        try expectGolden(page.body(format: .text, gzip: false).bytes, "every-kind.prom")
        try expectGolden(page.body(format: .openMetrics, gzip: false).bytes, "every-kind.om")
    }

    @Test("Hostile label values are the golden file of their format")
    func hostileValues() throws {
        let page = MetricsPage([Self.hostile])
        try expectGolden(page.body(format: .text, gzip: false).bytes, "hostile.prom")
        try expectGolden(page.body(format: .openMetrics, gzip: false).bytes, "hostile.om")
    }

    @Test("A page and a tail are the same bytes as one page of all")
    func tail() throws {
        let page = MetricsPage(Array(Examples.all.dropLast(2)))
        let tail = Array(Examples.all.suffix(2))
        try expectGolden(page.body(format: .text, gzip: false, tail: tail).bytes, "every-kind.prom")
        try expectGolden(page.body(format: .openMetrics, gzip: false, tail: tail).bytes, "every-kind.om")
    }
}
