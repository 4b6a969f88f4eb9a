import ExporterMetrics
import Foundation
import TestSupport
import Testing
import Usage
import UsageLedger

@testable import UsageReports

@Suite("Questions about usage")
struct UsageAPITests {
    @Test(
        "Pages of any length, one after the other, are one long page",
        arguments: [
            "from=2026-09-01&to=2026-11-21", "from=2026-09-20&step=month", "from=2026-11-01&step=5m",
            "from=2026-09-01&app=1400000001&room=room+3", "from=2026-09-01&tier=audio&provider=tencent",
        ],
        [1, 2] as [UInt64]
    )
    func paging(query: String, seed: UInt64) async throws {
        let made = MadeUpHistory(seed: seed)
        let api = UsageAPI.example(made)
        let all = try APIPage(await api.answer("\(query)&limit=10000"))
        #expect(all.next == nil)
        #expect(all.usage.count > 10)
        #expect(Set(all.usage).count == all.usage.count)
        var chance = SeededGenerator(seed: seed)
        var (rows, link): ([APIPage.Row], String?) = ([], "\(query)&limit=1")
        while let next = link {
            let limit = Int.random(in: 1...120, using: &chance)
            let page = try APIPage(await api.answer(next.replacing(/limit=\d+/, with: "limit=\(limit)")))
            #expect(page.usage.count <= limit)
            rows += page.usage
            link = page.next.map { String($0.dropFirst()) }
        }
        #expect(rows == all.usage)
    }

    @Test("A page begins at its place also when figures have come since")
    func newFigures() async throws {
        let made = MadeUpHistory(seed: 3)
        let before = try APIPage(await UsageAPI.example(made).answer("from=2026-11-01&limit=7"))
        let link = try #require(before.next).dropFirst()
        let more = made.apps.flatMap { app in
            app.sources.flatMap { source in
                (1...6).map { (app, DayHistory.example(source, .november($0 - 20, source.zone), [.audio: 1])) }
            }
        }
        let history = FakeHistory(made.days + more)
        let after = try APIPage(await UsageAPI.example(made, history).answer(String(link)))
        let all = try APIPage(await UsageAPI.example(made).answer("from=2026-11-01&limit=14"))
        #expect(before.usage + after.usage == all.usage)
    }

    @Test("What a question leaves open is on all pages what it was on the first one")
    func openEnd() async throws {
        let made = MadeUpHistory(seed: 4)
        let all = try APIPage(await UsageAPI.example(made).answer("limit=10000"))
        let first = try APIPage(await UsageAPI.example(made).answer("limit=5"))
        let link = String(try #require(first.next).dropFirst().replacing("limit=5", with: "limit=10000"))
        let later = UsageAPI.example(made, now: .noon + .seconds(3 * 86_400))
        #expect(first.usage + (try APIPage(await later.answer(link)).usage) == all.usage)
    }

    @Test("A page asks the ledger a bounded number of times, and says where to go on when it stops early")
    func boundedReads() async throws {
        let apps = (0..<2000).map { PolledApp.example([.totals, .old], id: "\(1_400_000_000 + $0)") }
        let history = FakeHistory([(apps[1500], .example(.totals, .november(20), [.audio: 5]))])
        let api = UsageAPI(history: history, apps: { ReportedApps(apps: apps) }, now: { .noon })
        var (link, rows, pages): (String?, Int, Int) = ("", 0, 0)
        while let next = link {
            let calls = history.counts.calls
            let page = try APIPage(await api.answer(next))
            #expect(history.counts.calls - calls <= UsageAPI.mostReads + 40)
            rows += page.usage.count
            pages += 1
            link = page.next.map { String($0.dropFirst()) }
        }
        #expect(rows == 3)
        #expect(pages == 9)
    }

    @Test("Without a range it is about the last 30 days of each source's own zone")
    func usualRange() async throws {
        let app = PolledApp.example([.totals])
        let days = (-40...0).map { DayHistory.example(.totals, UsageDay.november(21).advanced(by: $0), [.audio: 1]) }
        let api = UsageAPI(history: FakeHistory(app, days), apps: { ReportedApps(apps: [app]) }, now: { .noon })
        let page = try APIPage(await api.answer("tier=audio"))
        #expect(page.usage.count == 30)
        #expect(page.usage.first?.from == "2026-10-23T00:00:00+08:00")
        #expect(page.usage.last?.to == "2026-11-22T00:00:00+08:00")
        let ended = try APIPage(await api.answer("tier=audio&to=2026-11-10"))
        #expect(ended.usage.map(\.from).max() == "2026-11-10T00:00:00+08:00")
        #expect(ended.usage.map(\.from).min() == "2026-10-12T00:00:00+08:00")
        #expect(ended.usage.count == 30)
        let begun = try APIPage(await api.answer("tier=audio&from=2026-11-20"))
        #expect(begun.usage.count == 2)
        let evening = UsageAPI(
            history: FakeHistory(app, days),
            apps: { ReportedApps(apps: [app]) },
            now: { .noon + .seconds(7 * 3600) }
        )
        let tomorrow = try APIPage(await evening.answer("tier=audio&from=2026-11-22"))
        #expect(tomorrow.usage.isEmpty, "it is tomorrow already east of here")
    }

    @Test("As CSV each page has its header, and the link is beside it")
    func csv() async throws {
        let made = MadeUpHistory(seed: 5)
        let answer = await UsageAPI.example(made).answer("format=csv&limit=2")
        #expect(answer.contentType == "text/csv; charset=utf-8; header=present")
        #expect(String(decoding: answer.body, as: UTF8.self).split(separator: "\n").count == 3)
        #expect(answer.next?.hasPrefix("?format=csv&limit=2&cursor=") == true)
    }
}
