/// The pages for people, by their paths: `/` and `/app`.
struct StatusSite: Sendable {
    /// Below the route prefix.
    static let appPath = "/app"

    /// An answer in HTML.
    struct Answer: Sendable {
        /// The HTTP status.
        let code: Int
        /// The page.
        let html: String
    }

    let pages: ExporterPages
    let options: WebOptions

    /// The page at `/`, by the query of its URL as it was sent, without the question mark.
    func home(query: String) async -> Answer {
        let report = await pages.status(StatusQuery(query))
        return Answer(code: 200, html: StatusPage(report: report, options: options).html)
    }

    /// The page of one app at `/app`, by the query of its URL.
    func app(query: String) async -> Answer {
        let query = URLQuery(query)
        guard let provider = query["provider"], let app = query["app"], let report = await pages.app(provider, app)
        else { return Answer(code: 404, html: UnknownAppPage(options: options).html) }
        return Answer(code: 200, html: AppPage(report: report, options: options).html)
    }
}
