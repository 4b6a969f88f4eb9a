import Testing
import Usage

@testable import ExporterHTTP

@Suite("What the status page is asked for, and which apps it shows")
struct StatusQueryTests {
    @Test(
        "A link asks for what it was made of",
        arguments: [
            StatusQuery(), StatusQuery(sort: .usage), StatusQuery(sort: .usage, order: .ascending, page: 7),
            StatusQuery(sort: .state, order: .descending), StatusQuery(page: 2, search: "a&b=c d+é%教室?#\"<"),
        ]
    )
    func link(_ query: StatusQuery) {
        #expect(StatusQuery(String(query.link.dropFirst())) == query)
    }

    @Test(
        "What cannot be understood is as if it were not there",
        arguments: [
            ("", StatusQuery()), ("sort=usage&order=desc&page=2", StatusQuery(sort: .usage, page: 2)),
            ("sort=price&order=up&page=x", StatusQuery()), ("page=0", StatusQuery()), ("page=-3", StatusQuery()),
            ("page=99999999999999999999", StatusQuery(page: .max)), ("sort=%zz&order=asc", StatusQuery()),
            ("sort=usage&sort=name", StatusQuery(sort: .usage)), ("&&=&q", StatusQuery()),
            ("q=%ff", StatusQuery()), ("order=desc", StatusQuery(order: .descending)),
            ("q=+a%20b+", StatusQuery(search: " a b ")),
        ]
    )
    func tolerant(_ text: String, means query: StatusQuery) {
        #expect(StatusQuery(text) == query)
    }

    @Test("A heading sorts by its column, and the other way round when it does so already")
    func headings() {
        let query = StatusQuery(page: 3, search: "x").sorted(by: .usage)
        #expect(query == StatusQuery(sort: .usage, order: .descending, search: "x"))
        #expect(query.sorted(by: .usage) == StatusQuery(sort: .usage, order: .ascending, search: "x"))
        #expect(query.sorted(by: .name).order == .ascending)
    }

    private static let apps = [
        AppSummary.example(app: "1", name: "beta", seconds: 50, month: nil, rooms: 3, account: "z"),
        .example(app: "2", name: "Alpha", state: .failing, seconds: 10, month: 7, rooms: nil, account: "y"),
        .example(app: "3", name: "", state: .waiting, seconds: nil, month: 9, rooms: 5, lastSuccess: nil, account: "y"),
        .example(app: "4", name: "gamma", seconds: 50, month: 8, rooms: 4, nextCall: .noon, account: "x"),
    ]

    @Test(
        "Apps stand in the order of a column; what is not known comes last either way, and equal ones by usage and id",
        arguments: [
            ("", "2 3 1 4"), ("sort=state&order=desc", "1 4 3 2"), ("sort=usage", "1 4 2 3"),
            ("sort=usage&order=asc", "2 1 4 3"), ("sort=name", "3 2 1 4"), ("sort=name&order=desc", "4 1 2 3"),
            ("sort=month", "3 4 2 1"), ("sort=month&order=asc", "2 4 3 1"), ("sort=rooms", "3 4 1 2"),
            ("sort=success", "1 4 2 3"), ("sort=next", "4 1 2 3"), ("sort=account", "4 2 3 1"),
        ]
    )
    func order(_ query: String, is ids: String) {
        let listing = AppListing(Self.apps, by: StatusQuery(query))
        #expect(listing.shown.map(\.name.app).joined(separator: " ") == ids)
        #expect((listing.total, listing.matching, listing.failing) == (4, 4, 1))
    }

    @Test(
        "A text is looked for in name, id, account and provider, whatever its case",
        arguments: [("ALPHA", "2"), ("3", "3"), ("y", "2 3"), ("tencent", "2 3 1 4"), ("nothing", "")]
    )
    func search(_ text: String, finds ids: String) {
        let listing = AppListing(Self.apps, by: StatusQuery(search: text))
        #expect(listing.shown.map(\.name.app).joined(separator: " ") == ids)
        #expect(listing.total == 4)
    }

    @Test(
        "A page has fifty apps; beyond the last page the last one is shown",
        arguments: [(1, 1, 0..<50, 3), (2, 2, 50..<100, 3), (3, 3, 100..<101, 3), (4, 3, 100..<101, 3)]
    )
    func paging(_ asked: Int, is page: Int, places: Range<Int>, of pages: Int) {
        let apps = (0..<101).map { AppSummary.example(app: "\($0 + 100)", seconds: 1000 - $0) }
        let listing = AppListing(apps, by: StatusQuery(page: asked))
        #expect(listing.query.page == page)
        #expect(listing.shown.map(\.name.app) == places.map { "\($0 + 100)" })
        #expect(listing.places == places.lowerBound + 1..<places.upperBound + 1)
        #expect(listing.pages == pages)
    }

    @Test("The links of a page keep the order and the search, and a screen reader hears which column is sorted")
    func links() async throws {
        let apps = (0..<120).map { AppSummary.example(app: "\($0)") }
        var edge = Edge()
        edge.options.externalPath = "/rtc"
        edge.report = .example(apps, StatusQuery("sort=rooms&order=asc&page=2&q=class"), budgets: [])
        let document = try HTMLDocument(try await edge.answer("/").text)
        let pager = document.all("a").filter { $0.attributes["rel"] != nil }.map(\.attributes)
        #expect(
            pager == [
                [
                    "rel": "prev", "href": "/rtc/?sort=rooms&order=asc&q=class",
                    "aria-label": "Previous page of apps, page 1",
                ],
                [
                    "rel": "next", "href": "/rtc/?sort=rooms&order=asc&page=3&q=class",
                    "aria-label": "Next page of apps, page 3",
                ],
            ]
        )
        #expect(document.sortLinks["Rooms "] == "/rtc/?sort=rooms&order=desc&q=class")
        #expect(document.sortLinks["Usage so far"] == "/rtc/?sort=usage&order=desc&q=class")
        let sorted = document.all("th").filter { $0.attributes["aria-sort"] != nil }
        #expect(sorted.map { $0.attributes["aria-sort"] } == ["ascending"])
        #expect(sorted.map(\.text) == ["Rooms ▲"])
        #expect(document.all("caption").map(\.text) == ["Apps 51 to 100 of 120 apps found"])
    }

    @Test("One page needs no links to others, and its first and last have one only")
    func ends() async throws {
        let apps = (0..<51).map { AppSummary.example(app: "\($0)") }
        for (count, page, relations) in [(50, 1, []), (51, 1, ["next"]), (51, 2, ["prev"])] {
            var edge = Edge()
            edge.report = .example(Array(apps.prefix(count)), StatusQuery(page: page))
            let document = try HTMLDocument(try await edge.answer("/").text)
            #expect(document.all("a").compactMap { $0.attributes["rel"] } == relations)
        }
    }

    @Test("The query of a request reaches whoever makes the report")
    func request() async throws {
        let edge = Edge(onStatus: { query in .example([], query) })
        let answer = try await edge.answer("/?sort=name&order=desc&q=a%26b")
        let document = try HTMLDocument(answer.text)
        let values = document.all("input").map { $0.attributes["value"] }
        #expect(values == ["name", "desc", "a&b"])
        #expect(document.texts(ofClass: "none") == ["No app is known yet."])
    }
}
