import ExporterHTTP
import HTTPTypes
import Synchronization
import Testing

@testable import ExporterMetrics

@Suite("Reloading by a request")
struct ReloadEndpointTests {
    private static func edge(
        isEnabled: Bool = true,
        _ reload: @escaping @Sendable () async -> ReloadOutcome = { .succeeded("Done.") }
    ) -> Edge {
        var edge = Edge()
        edge.options.enablesLifecycle = isEnabled
        edge.reload = reload
        return edge
    }

    @Test("POST and PUT load the configuration and tell what came of it", arguments: [HTTPRequest.Method.post, .put])
    func succeeded(method: HTTPRequest.Method) async throws {
        let edge = Self.edge()
        let answer = try await edge.answer("/-/reload", method)
        #expect(answer.status == .ok)
        #expect(answer.text == "Done.\n")
        #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(edge.counts == ["reload 200": 1])
    }

    @Test("All that is wrong is in the answer, whose status is 500")
    func failed() async throws {
        let edge = Self.edge { .failed("a.yml:1: one\na.yml:2: two") }
        let answer = try await edge.answer("/-/reload", .post)
        #expect(answer.status == .internalServerError)
        #expect(answer.text == "a.yml:1: one\na.yml:2: two\n")
        #expect(edge.counts == ["reload 500": 1])
    }

    @Test("Unless it is enabled nothing is loaded", arguments: [HTTPRequest.Method.post, .put])
    func disabled(method: HTTPRequest.Method) async throws {
        let edge = Self.edge(isEnabled: false) {
            Issue.record("It was loaded.")
            return .succeeded("")
        }
        let answer = try await edge.answer("/-/reload", method)
        #expect(answer.status == .forbidden)
        #expect(answer.text == "Lifecycle API is not enabled.\n")
        #expect(edge.counts == ["reload 403": 1])
    }

    @Test(
        "Any other method loads nothing and is told which ones do",
        arguments: [HTTPRequest.Method.get, .head, .delete, .patch, .options, .trace],
        [true, false]
    )
    func otherMethods(method: HTTPRequest.Method, isEnabled: Bool) async throws {
        let edge = Self.edge(isEnabled: isEnabled) {
            Issue.record("It was loaded.")
            return .succeeded("")
        }
        let answer = try await edge.answer("/-/reload", method)
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "POST, PUT")
        #expect(edge.counts == ["reload 405": 1])
    }

    @Test("A route prefix stands before this path, too")
    func prefix() async throws {
        var edge = Self.edge()
        edge.options.routePrefix = "/rtc"
        #expect(try await edge.answer("/rtc/-/reload", .post).status == .ok)
        #expect(try await edge.answer("/-/reload", .post).status == .notFound)
    }
}
