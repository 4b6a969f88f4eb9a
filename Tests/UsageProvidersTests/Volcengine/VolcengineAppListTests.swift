import Testing
import Usage

@testable import UsageProviders

@Suite("The list of a Volcengine account's apps")
struct VolcengineAppListTests {
    private static let appKey = "f00dfeed0123456789abcdefappkey"

    @Test("Ids and names are read, and nothing else")
    func documented() async throws {
        let body = answer(
            [
                app("661e000000000000000543cf", name: #""课堂""#), app("a.b_c@d-1", name: "null"),
                #"{"AppId":"bare"}"#,
            ],
            total: "3"
        )
        let page = try await list(body).get()
        #expect(
            page.apps == [
                ListedApp(id: "661e000000000000000543cf", name: "课堂"), ListedApp(id: "a.b_c@d-1", name: ""),
                ListedApp(id: "bare", name: ""),
            ]
        )
        #expect(page.isLast)
        #expect(!"\(page)".contains(Self.appKey))
    }

    @Test("A page of a hundred is asked for, with both numbers as texts", arguments: [0, 1, 7])
    func request(page: Int) async throws {
        let transport = CannedTransport(answer([]))
        let lister = try #require(try VolcengineExamples.account(transport).lister)
        #expect(lister.spacing == .milliseconds(500))
        let told = await lister.list(page: page, now: VolcengineExamples.now)
        let request = try #require(transport.requests.first)
        #expect(told.wasSent)
        #expect(transport.requests.count == 1)
        #expect(request.method == .post)
        #expect(request.url == "https://rtc.volcengineapi.com/?Action=ListApps&Version=2023-11-01")
        #expect(request.text == #"{"Limit":"100","Offset":"\#(page * 100)"}"#)
        #expect(request.values(of: "Authorization").first?.contains("/20231114/cn-north-1/rtc/request,") == true)
    }

    @Test(
        "The last page is one that is not full, or reaches the total",
        arguments: [
            (0, 0, nil, true), (0, 99, nil, true), (0, 100, nil, false), (1, 100, nil, false), (0, 100, "100", true),
            (0, 100, "101", false), (1, 100, "200", true), (1, 100, "250", false), (0, 99, "500", true),
            (0, 100, "null", false), (0, 100, #""100""#, false), (0, 100, "100.0", true),
        ] as [(Int, Int, String?, Bool)]
    )
    func isLast(page: Int, count: Int, total: String?, isLast: Bool) async throws {
        let apps = (0..<count).map { app("id-\($0)") }
        let answer = try await list(answer(apps, total: total), page: page).get()
        #expect(answer.isLast == isLast)
        #expect(answer.apps.count == count)
    }

    @Test(
        "An id that could be none is passed over, and still counts as a row of its page",
        arguments: [
            #""""#, "null", #"" ""#, #""a b""#, #""a\n""#, #""\u0000""#, #""a\u00a0b""#, #""a\u200bb""#,
            "\"\(String(repeating: "x", count: 129))\"", "\"\(String(repeating: "课", count: 43))\"",
        ]
    )
    func passedOver(_ id: String) async throws {
        let apps = [#"{"AppId":\#(id),"AppName":"odd"}"#, #"{"AppName":"none"}"#] + (0..<98).map { app("id-\($0)") }
        let page = try await list(answer(apps)).get()
        #expect(page.apps.count == 98)
        #expect(!page.isLast)
    }

    @Test("An id of 128 bytes is one")
    func longest() async throws {
        let id = String(repeating: "x", count: 128)
        #expect(try await list(answer([app(id)])).get().apps.map(\.id) == [id])
    }

    @Test(
        "No apps are a page without any",
        arguments: ["null", "{}", #"{"AppList":null,"Total":0}"#, #"{"AppList":[]}"#]
    )
    func none(_ result: String) async throws {
        let page = try await list(VolcengineExamples.answer(result: result)).get()
        #expect(page == AppListPage(apps: [], isLast: true))
    }

    @Test("What is not a list is malformed")
    func malformed() async throws {
        for body in [
            "", "{}", VolcengineExamples.answer(result: "5"), VolcengineExamples.answer(result: #"{"AppList":5}"#),
            answer([#"{"AppId":5}"#]), answer([app("a", name: "5")]),
            VolcengineExamples.answer(result: #"{"AppList":null,"Total":2}"#),
            VolcengineExamples.answer(result: #"{"Total":2}"#),
        ] {
            #expect(try await list(body).failure?.reason == .malformed)
        }
    }

    @Test("A refusal has the meaning that it has for usage, and names what has to be allowed")
    func refused() async throws {
        let body = try VolcengineExamples.refusal("LackPolicy", message: "why")
        let failure = try #require(try await list(body, status: 403).failure)
        #expect(failure.cause == .noPermission)
        #expect(failure.explanation == "Volcengine refused ListApps with LackPolicy.")
        #expect(failure.advice?.contains("rtc:ListApps") == true)
    }

    @Test("No failure repeats an answer, since answers hold the keys of apps")
    func secrecy() async throws {
        let key = Self.appKey
        let bodies = [
            try VolcengineExamples.refusal("InternalError", message: key), try VolcengineExamples.refusal(key),
            answer([#"{"AppId":{"AppKey":"\#(key)"}}"#]), answer([#"{"AppId":"a","AppName":["\#(key)"]}"#]),
            #"{"\#(key)":1}"#, key, String(answer([app("a")]).dropLast()),
        ]
        for body in bodies {
            for status in [200, 400, 500] {
                let failure = try #require(try await list(body, status: status).failure)
                var text = "\(failure)"
                dump(failure, to: &text)
                #expect(!text.contains(key))
            }
        }
    }

    @Test("The keys of apps are in nothing that is kept")
    func keptNothing() async throws {
        var text = ""
        dump(try await list(answer([app("a"), app("b")])).get(), to: &text)
        #expect(text.contains("\"b\""))
        #expect(!text.contains(Self.appKey))
    }

    private func list(_ body: String, page: Int = 0, status: Int = 200) async throws -> Result<
        AppListPage, ReadingFailure
    > {
        let transport = CannedTransport(status: status, body)
        let lister = try #require(try VolcengineExamples.account(transport).lister)
        return await lister.list(page: page, now: VolcengineExamples.now).result
    }

    /// An app as the provider lists it.
    private func app(_ id: String, name: String = #""Name""#) -> String {
        #"{"AppId":"\#(id)","AppKey":"\#(Self.appKey)","AppName":\#(name),"SecondaryAppKey":"\#(Self.appKey)2","#
            + #""Status":1,"CreateAt":"2023-01-01T00:00:00+08:00"}"#
    }

    private func answer(_ apps: [String], total: String? = nil) -> String {
        let more = total.map { #","Total":\#($0),"Limit":100,"Offset":0"# } ?? ""
        return VolcengineExamples.answer(result: #"{"AppList":[\#(apps.joined(separator: ","))]\#(more)}"#)
    }
}
