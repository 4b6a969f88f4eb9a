import Exposition
import Testing
import TestSupport

@Suite("gzip")
struct GzipTests {
    private static let tails: [[FamilySamples]] = [
        [], [FamilySamples(Examples.silent)], [FamilySamples(Examples.silent, [Sample([:], 1)])],
        [FamilySamples(Examples.silent, (0..<5000).map { Sample(["n": "\($0)"], $0) })],
    ]

    @Test(
        "A compressed page is one member that says what the plain page says",
        arguments: ExpositionFormat.allCases,
        tails
    )
    func roundTrip(format: ExpositionFormat, tail: [FamilySamples]) throws {
        for page in [MetricsPage.empty, MetricsPage(Examples.all)] {
            let body = page.body(format: format, gzip: true, tail: tail)
            let plain = page.body(format: format, gzip: false, tail: tail)
            #expect(body.isGzip && !plain.isGzip)
            let unpacked = try #require(Gunzip(body.bytes))
            #expect(unpacked.bytes == plain.bytes)
            #expect(unpacked.unread == 0)
        }
    }

    @Test("A big page is compressed whole, and its tail alone at each scrape")
    func bigPage() throws {
        var generator = SeededGenerator(seed: 3)
        let rooms = (0..<60_000).map { number in
            let room = "room-\(number)-\(UInt64.random(in: .min ... .max, using: &generator))"
            return Sample(["provider": "tencent", "app": "1400017192", "tier": "hd", "room": room], number)
        }
        let page = MetricsPage(Examples.all.dropFirst() + [FamilySamples(Examples.usage, rooms)])
        for count in [0, 1, 70_000] {
            let tail = [FamilySamples(Examples.silent, (0..<count).map { Sample(["n": "\($0)"], $0) })]
            let body = page.body(format: .openMetrics, gzip: true, tail: tail)
            let plain = page.body(format: .openMetrics, gzip: false, tail: tail)
            let unpacked = try #require(Gunzip(body.bytes))
            #expect(unpacked.bytes == plain.bytes)
            #expect(unpacked.unread == 0)
            #expect(body.count * 2 < plain.count)
        }
    }

    @Test("gzip itself finds the page whole", arguments: tails)
    func gzipProgram(tail: [FamilySamples]) throws {
        let body = MetricsPage(Examples.all).body(format: .openMetrics, gzip: true, tail: tail)
        let check = try Tool("gzip", ["-t", "-v"], input: body.bytes)
        #expect(check.status == 0, "\(check.errors)")
        #expect(try Tool("gzip", ["-dc"], input: body.bytes).output == plain(tail))
    }

    @Test("Python reads the page, and finds one member", arguments: tails)
    func python(tail: [FamilySamples]) throws {
        let script = """
            import gzip, sys, zlib
            data = sys.stdin.buffer.read()
            first = zlib.decompressobj(31)
            page = first.decompress(data)
            assert first.eof and not first.unused_data
            assert page == gzip.decompress(data)
            sys.stdout.buffer.write(page)
            """
        let body = MetricsPage(Examples.all).body(format: .openMetrics, gzip: true, tail: tail)
        let run = try Tool("python3", ["-c", script], input: body.bytes)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == plain(tail))
    }

    private func plain(_ tail: [FamilySamples]) -> [UInt8] {
        MetricsPage(Examples.all).body(format: .openMetrics, gzip: false, tail: tail).bytes
    }
}
