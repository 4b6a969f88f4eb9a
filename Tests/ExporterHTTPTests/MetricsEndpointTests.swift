import ExporterHTTP
import Exposition
import HTTPTypes
import Synchronization
import Testing
import TestSupport

@Suite("/metrics")
struct MetricsEndpointTests {
    private static let prometheus242 =
        "application/openmetrics-text;version=1.0.0,"
        + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
    private static let prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
    private static let text = "text/plain; version=0.0.4; charset=utf-8"
    private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    private static let openMetricsEscaped = "\(openMetrics); escaping=underscores"

    @Test(
        "The format is chosen by the Accept header",
        arguments: [
            (nil, text), ("*/*", text), ("text/plain", text), (prometheus242, openMetrics),
            (prometheus3, openMetricsEscaped),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", text), ("image/png", text),
            ("application/openmetrics-text;q=0.1, text/plain;q=0.9", text),
        ] as [(String?, String)]
    )
    func format(accept: String?, becomes contentType: String) async throws {
        var headers = HTTPFields()
        if let accept { headers[.accept] = accept }
        let answer = try await Edge().answer("/metrics", .get, headers)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == contentType)
        #expect(answer.text.hasSuffix("# EOF\n") == contentType.hasPrefix(Self.openMetrics))
    }

    @Test("Several lines of Accept mean the same as one with commas")
    func severalLines() async throws {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .accept, value: "text/plain;q=0.5"))
        headers.append(HTTPField(name: .accept, value: "application/openmetrics-text;version=1.0.0"))
        headers.append(HTTPField(name: .acceptEncoding, value: "br"))
        headers.append(HTTPField(name: .acceptEncoding, value: "gzip"))
        let answer = try await Edge().answer("/metrics", .get, headers)
        #expect(answer.headers[.contentType] == Self.openMetrics)
        #expect(answer.headers[.contentEncoding] == "gzip")
    }

    @Test(
        "The page comes first and what is true for the moment last, byte for byte",
        arguments: ExpositionFormat.allCases
    )
    func bytes(format: ExpositionFormat) async throws {
        let accept = format == .text ? "text/plain" : "application/openmetrics-text"
        let answer = try await Edge().answer("/metrics", .get, [.accept: accept])
        #expect(answer.bytes == MetricsPage.example.body(format: format, gzip: false, tail: [.tail]).bytes)
        #expect(answer.headers[.contentLength] == "\(answer.bytes.count)")
        #expect(answer.headers[.contentEncoding] == nil)
    }

    @Test("A gzip answer holds the same bytes as a plain one", arguments: ["text/plain", prometheus242])
    func gzip(accept: String) async throws {
        let plain = try await Edge().answer("/metrics", .get, [.accept: accept])
        let packed = try await Edge().answer("/metrics", .get, [.accept: accept, .acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.headers[.contentLength] == "\(packed.bytes.count)")
        let unpacked = try #require(Gunzip(packed.bytes))
        #expect(unpacked.bytes == plain.bytes)
        #expect(unpacked.unread == 0)
    }

    @Test("gzip is not forced on who does not take it", arguments: ["identity", "gzip;q=0", "br, deflate"])
    func noGzip(acceptEncoding: String) async throws {
        let answer = try await Edge().answer("/metrics", .get, [.acceptEncoding: acceptEncoding])
        #expect(answer.headers[.contentEncoding] == nil)
        #expect(answer.text.hasPrefix("# HELP"))
    }

    @Test("Caches are told what the answer depends on, and to keep nothing")
    func caches() async throws {
        let answer = try await Edge().answer("/metrics")
        #expect(answer.headers[.vary] == "Accept, Accept-Encoding")
        #expect(answer.headers[.cacheControl] == "no-store")
    }

    @Test("HEAD has the headers of GET and no body", arguments: ["identity", "gzip"])
    func head(acceptEncoding: String) async throws {
        let edge = Edge()
        let get = try await edge.answer("/metrics", .get, [.acceptEncoding: acceptEncoding])
        let head = try await edge.answer("/metrics", .head, [.acceptEncoding: acceptEncoding])
        #expect(head.status == .ok)
        #expect(head.headers == get.headers)
        #expect(head.bytes == [])
        #expect(edge.counts == ["metrics 200": 2])
    }

    @Test("It is unavailable before the ledger's figures are on a page")
    func notYet() async throws {
        var edge = Edge()
        edge.page = nil
        let answer = try await edge.answer("/metrics")
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.text == "The ledger is being loaded.\n")
    }

    @Test("The tail is made anew for each scrape")
    func tail() async throws {
        var edge = Edge()
        let scrapes = Mutex(0)
        edge.tail = {
            let number = scrapes.withLock { scrapes in
                scrapes += 1
                return scrapes
            }
            return [FamilySamples(FamilySamples.tail.family, [Sample(.empty, number)])]
        }
        let texts = try await edge.routed { client in
            [
                try await client.execute(uri: "/metrics", method: .get).text,
                try await client.execute(uri: "/metrics", method: .get).text,
            ]
        }
        #expect(texts[0].hasSuffix("\nrtc_ledger_writable 1\n"))
        #expect(texts[1].hasSuffix("\nrtc_ledger_writable 2\n"))
    }

    @Test(
        "Whatever is sent to it is refused, and told what can be done",
        arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options, .trace]
    )
    func otherMethods(method: HTTPRequest.Method) async throws {
        let edge = Edge()
        let answer = try await edge.answer("/metrics", method)
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD")
        #expect(answer.text == "Only GET and HEAD requests are allowed.\n")
        #expect(edge.counts == ["metrics 405": 1])
    }
}
