import HTTPTypes
import Hummingbird
import UsageReports

/// Recorded usage as JSON or CSV.
struct UsageEndpoint: Sendable {
    /// Below the route prefix.
    static let path = "/api/v1/usage"
    /// How many pages are made at once: each reads the ledger, which others need too.
    private static let mostAtOnce = 8

    private let answer: @Sendable (_ query: String) async -> UsageAnswer
    private let gate = ScrapeGate(most: Self.mostAtOnce)

    init(answer: @escaping @Sendable (_ query: String) async -> UsageAnswer) {
        self.answer = answer
    }

    /// Adds the path to a router: GET and, as everywhere, HEAD.
    func add(to router: Router<ExporterContext>, prefix: String) {
        let path = RouterPath(prefix + Self.path)
        router.get(path) { request, _ in await respond(to: request) }
        for method in [HTTPRequest.Method.post, .put, .delete, .patch, .options] {
            router.on(path, method: method) { _, _ in
                var response = Self.response(.problem(405, .otherMethod))
                response.headers[.allow] = "GET, HEAD"
                return response
            }
        }
    }

    private func respond(to request: Request) async -> Response {
        guard let place = gate.enter() else { return Self.response(.problem(503, .busy)) }
        let response = Self.response(await answer(request.uri.query ?? ""))
        withExtendedLifetime(place) {}
        return response
    }

    private static func response(_ answer: UsageAnswer) -> Response {
        var headers: HTTPFields = [.contentType: answer.contentType, .cacheControl: "no-store"]
        if let next = answer.next, let link = HTTPField.Name("Link") { headers[link] = "<\(next)>; rel=\"next\"" }
        return Response(
            status: HTTPResponse.Status(code: answer.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }
}
