import Testing
import Usage

@testable import UsageProviders

@Suite("The list of a Huawei account's apps")
struct HuaweiAppListTests {
    @Test("A page is asked for by its number, signed like any other call")
    func request() async throws {
        let transport = CannedTransport(#"{"count":0,"apps":[]}"#)
        _ = try await list(transport, page: 3)
        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(request.url == "https://rtc-api.myhuaweicloud.com/v2/apps?limit=100&offset=3")
        #expect(request.values(of: "X-Project-Id") == [HuaweiExamples.project])
        let signed = "SignedHeaders=host;x-project-id;x-sdk-date,"
        #expect(request.values(of: "Authorization").first?.contains(signed) == true)
    }

    @Test("Ids and names are read, and nothing else that the list holds")
    func apps() async throws {
        let page = try await list(
            CannedTransport(
                """
                {"count":3,"apps":[
                {"app_id":"a1","app_name":"Class\\nroom","state":{"state":"x"},"authentication":{"app_key":"hidden-key"}},
                {"app_id":"a2","app_name":null},{"app_id":"a3"}]}
                """
            )
        ).get()
        #expect(
            page.apps == [
                ListedApp(id: "a1", name: "Class\nroom"), ListedApp(id: "a2", name: ""), ListedApp(id: "a3", name: ""),
            ]
        )
        #expect(page.isLast)
        var text = "\(page)"
        dump(page, to: &text)
        #expect(!text.contains("hidden"))
    }

    @Test("Apps whose ids can be none are passed over")
    func oddIDs() async throws {
        let longest = String(repeating: "x", count: 128)
        let rows =
            ["", " ", "a b", "a\\u0000", "a\\n", "\\u200b", "\\u00a0", longest + "x", longest, "ok"]
            .map { #"{"app_id":"\#($0)","app_name":"n"}"# } + [#"{"app_name":"n"}"#, #"{"app_id":null}"#]
        let page = try await list(CannedTransport(#"{"count":12,"apps":[\#(rows.joined(separator: ","))]}"#)).get()
        #expect(page.apps.map(\.id) == [longest, "ok"])
    }

    @Test(
        "The last page is the one that is not full, or with which the count is reached",
        arguments: [
            (0, 99, nil, true), (0, 100, nil, false), (0, 100, 100, true), (0, 100, 101, false), (1, 100, 200, true),
            (1, 100, 201, false), (2, 1, 201, true), (2, 0, 201, true), (0, 0, 0, true), (0, 3, 500, true),
        ] as [(Int, Int, Int?, Bool)]
    )
    func last(page: Int, rows: Int, count: Int?, isLast: Bool) async throws {
        let apps = (0..<rows).map { #"{"app_id":"a\#($0)"}"# }.joined(separator: ",")
        let body = count.map { #"{"count":\#($0),"apps":[\#(apps)]}"# } ?? #"{"apps":[\#(apps)]}"#
        let listed = try await list(CannedTransport(body), page: page).get()
        #expect(listed.isLast == isLast)
        #expect(listed.apps.count == rows)
    }

    @Test(
        "An answer without a list is no empty list, unless it says that there are no apps",
        arguments: [
            ("", true), ("[]", true), ("{}", true), (#"{"apps":null}"#, true), (#"{"apps":{}}"#, true),
            (#"{"apps":[5]}"#, true), (#"{"apps":[{"app_id":5}]}"#, true), (#"{"count":2}"#, true),
            (#"{"count":0}"#, false), (#"{"count":0,"apps":null}"#, false), (#"{"count":"x","apps":[]}"#, false),
        ]
    )
    func malformed(body: String, isMalformed: Bool) async throws {
        let result = try await list(CannedTransport(body))
        #expect(result.failure?.reason == (isMalformed ? .malformed : nil))
    }

    @Test("What goes wrong is told like what goes wrong with usage")
    func failure() async throws {
        let body = HuaweiExamples.refusal("APIGW.0302", message: "no rtc:app:list")
        let failure = try await list(CannedTransport(status: 403, body)).failure
        #expect(failure?.reason == .unauthorized)
        #expect(failure?.cause == .noPermission)
        #expect(failure?.explanation == "Huawei answered APIGW.0302: no rtc:app:list")
    }

    @Test("With a password it goes by a token, which the readers use too")
    func token() async throws {
        let transport = ScriptedTransport { request, _ in
            request.isLogin ? HuaweiExamples.token() : HuaweiExamples.answer(200, #"{"count":0,"usage":[]}"#)
        }
        let account = try HuaweiExamples.account(transport, keys: HuaweiExamples.login)
        let page = try #require(await account.lister?.list(page: 0, now: HuaweiExamples.now))
        #expect(page.sideCalls.map(\.api) == ["iam_tokens"])
        #expect(try await HuaweiExamples.read(account).sideCalls.isEmpty)
        #expect(transport.requests.map(\.authToken) == [nil, HuaweiExamples.authToken, HuaweiExamples.authToken])
        #expect(transport.requests.last?.values(of: "X-Project-Id") == [HuaweiExamples.project])
    }

    private func list(_ transport: CannedTransport, page: Int = 0) async throws -> Result<AppListPage, ReadingFailure> {
        let lister = try #require(try HuaweiExamples.account(transport).lister)
        return await lister.list(page: page, now: HuaweiExamples.now).result
    }
}
