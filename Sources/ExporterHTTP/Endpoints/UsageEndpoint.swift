import NIOCore
import NIOHTTP1
import UsageReports

/// Recorded usage as JSON or CSV.
struct UsageEndpoint: Sendable {
    /// Below the route prefix.
    static let path = "/api/v1/usage"
    private static let handler = "usage"
    /// How many pages are made at once: each reads the ledger, which others need too.
    private static let mostAtOnce = 8
    private static let busy = answer(.problem(503, .busy))
    private static let otherMethod = answer(.problem(405, .otherMethod), [("Allow", "GET, HEAD")])

    private let usage: @Sendable (_ query: String) async -> UsageAnswer
    private let gate = ScrapeGate(most: mostAtOnce)

    init(_ usage: @escaping @Sendable (_ query: String) async -> UsageAnswer) {
        self.usage = usage
    }

    func reply(to method: HTTPMethod, query: String) -> Reply {
        guard method == .GET || method == .HEAD else { return Reply(Self.handler, .done(Self.otherMethod)) }
        guard let place = gate.enter() else { return Reply(Self.handler, .done(Self.busy)) }
        return Reply(
            Self.handler,
            .pending { [usage] in
                let answer = Self.answer(await usage(query))
                withExtendedLifetime(place) {}
                return answer
            }
        )
    }

    private static func answer(_ answer: UsageAnswer, _ more: [(String, String)] = []) -> HTTPAnswer {
        let link = answer.next.map { [("Link", "<\($0)>; rel=\"next\"")] } ?? []
        return HTTPAnswer(
            HTTPResponseStatus(statusCode: answer.status),
            headers: HTTPAnswer.fields(answer.contentType, [("Cache-Control", "no-store")] + link + more),
            body: ByteBuffer(bytes: answer.body)
        )
    }
}
