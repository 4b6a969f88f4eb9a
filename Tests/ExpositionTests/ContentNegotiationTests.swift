import Exposition
import Testing

@Suite("Content negotiation")
struct ContentNegotiationTests {
    @Test(
        "An Accept header becomes one content type",
        arguments: [
            // Prometheus 2.42.
            (
                "application/openmetrics-text;version=1.0.0,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,"
                    + "*/*;q=0.1", .openMetrics
            ),
            // Prometheus 3.0 to 3.3.
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                    + "text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2", .openMetricsEscaped
            ),
            // Prometheus 3.4 and later, with each scheme and with protobuf first.
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,"
                    + "*/*;q=0.2", .openMetricsEscaped
            ),
            (
                "application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=underscores;q=0.4,text/plain;version=0.0.4;q=0.3,"
                    + "*/*;q=0.2", .openMetricsEscaped
            ),
            (
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                    + "application/openmetrics-text;version=1.0.0;escaping=dots;q=0.5,"
                    + "application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=1.0.0;escaping=dots;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
                .openMetricsEscaped
            ),
            (
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                    + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                    + "application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,"
                    + "*/*;q=0.1", .openMetricsEscaped
            ),
            // Text first, of which we do not speak version 1.0.0.
            (
                "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,"
                    + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.3", .text
            ),
            (
                "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,"
                    + "*/*;q=0.4", .text
            ),
            (
                "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.3", .text
            ),
            (
                "application/openmetrics-text; version=1.0.0; escaping=allow-utf-8; q=0,"
                    + " application/openmetrics-text", .openMetricsDraft
            ),
            (
                "application/openmetrics-text;version=0.0.1;escaping=underscores", .openMetricsDraft
            ),
            // Older Prometheus knows only the draft.
            ("application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetricsDraft),
            // Browsers and curl.
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", .text),
            ("*/*", .text), ("text/*", .text), ("text/*;q=0.1,*/*", .openMetrics), ("application/*", .openMetrics),
            ("application/*,text/plain", .text),
            // Nothing that is ours.
            (nil, .text), ("", .text), (",", .text), ("application/json", .text), ("text/plain;version=1.0.0", .text),
            ("application/openmetrics-text;version=2.0.0", .text),
            (
                "application/openmetrics-text;version=2.0.0,application/openmetrics-text;version=1.0.0;q=0.5",
                .openMetrics
            ),
            // Quality values.
            ("application/openmetrics-text;q=0.5,text/plain;q=0.6", .text),
            ("application/openmetrics-text;q=0.6,text/plain;q=0.5", .openMetrics),
            ("application/openmetrics-text,text/plain", .openMetrics),
            ("text/plain,application/openmetrics-text", .openMetrics),
            ("application/openmetrics-text;q=0,*/*;q=0.1", .text), ("text/plain;q=0,*/*;q=0.1", .openMetrics),
            ("*/*;q=0", .text), ("text/plain;q=0", .text), ("application/openmetrics-text;version=1.0.0;q=0", .text),
            ("application/openmetrics-text;version=1.0.0;q=0,application/openmetrics-text", .openMetricsDraft),
            ("application/openmetrics-text;q=0,application/openmetrics-text;version=1.0.0", .openMetrics),
            ("*/*,application/openmetrics-text;q=0.9", .text),
            // Odd spelling, and nonsense beside sense.
            ("Application/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.9 , text/plain ; q=0.5", .openMetrics),
            ("application/openmetrics-text;q=x,text/plain;q=0.1", .text),
            ("application/openmetrics-text;q=7,text/plain;q=0.1", .text),
            ("application/openmetrics-text;q=nan", .text), (";;,=,\",application/openmetrics-text", .text),
            ("a/b;x=\"1,application/openmetrics-text\",text/plain;q=0.5", .text),
            ("application/openmetrics-text;version", .text),
        ] as [(String?, ContentType)]
    )
    func accept(_ header: String?, becomes contentType: ContentType) {
        #expect(ContentNegotiation.contentType(accept: header) == contentType)
    }

    @Test("Content types are spelled as Prometheus reads them")
    func headerValues() {
        #expect(ContentType.text.headerValue == "text/plain; version=0.0.4; charset=utf-8")
        #expect(ContentType.openMetrics.headerValue == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(
            ContentType.openMetricsEscaped.headerValue
                == "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores"
        )
        #expect(
            ContentType.openMetricsDraft.headerValue == "application/openmetrics-text; version=0.0.1; charset=utf-8"
        )
        #expect(ContentType.allCases.map(\.format) == [.text, .openMetrics, .openMetrics, .openMetrics])
    }

    @Test(
        "An Accept-Encoding header decides about gzip",
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("*", true),
            ("identity", false),
            ("gzip;q=0", false), ("gzip;q=0.001", true), ("gzip;q=0,*", false), ("*;q=0", false), ("*;q=0,gzip", true),
            ("deflate, br", false), ("gzip, deflate, br, zstd", true), ("identity,gzip;q=0.5", false),
            ("identity,gzip", true),
            ("identity;q=0.5,gzip", true), ("identity;q=0", false), ("identity;q=0,*;q=0.1", true), ("gzip;q=x", false),
            (" gzip ; q=1.0 ", true),
            // Chromium, Safari, curl --compressed, Python's requests, Go with compression turned off.
            ("gzip, deflate, br, zstd", true), ("gzip, deflate, br", true), ("deflate, gzip, br, zstd", true),
            ("gzip, deflate", true), ("identity", false),
            ("identity;q=0, *", true), ("br, gzip;q=0.5, *;q=0", true), ("br, *;q=0", false),
            ("*;q=0.5, identity", false),
            ("gzip;q=0, identity", false), ("gzip;q=0.5, identity;q=0.5", true), ("gzip;q=0,x-gzip", true),
            (" ", false),
            (",,gzip", true), ("gzip;q=", false), ("gzipped", false),
        ] as [(String?, Bool)]
    )
    func acceptEncoding(_ header: String?, means gzip: Bool) {
        #expect(ContentNegotiation.prefersGzip(acceptEncoding: header) == gzip)
    }
}
