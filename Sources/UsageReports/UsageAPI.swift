public import Usage

/// An answer of the API, whatever carries it.
public struct UsageAnswer: Sendable {
    /// The HTTP status: 200, 400 for a question that cannot be answered, or 503.
    public let status: Int
    /// The value of the `Content-Type` header.
    public let contentType: String
    /// What is sent.
    public let body: [UInt8]
    /// A relative link to the page that follows; `nil` when there is none.
    public let next: String?

    private init(status: Int, contentType: String, body: String, next: String? = nil) {
        (self.status, self.contentType, self.body, self.next) = (status, contentType, Array(body.utf8), next)
    }

    static func page(_ format: RowFormat, _ text: String, next: String?) -> UsageAnswer {
        UsageAnswer(status: 200, contentType: format.contentType, body: text, next: next)
    }

    /// An answer that tells why there is none, always as JSON.
    public static func problem(_ status: Int, _ problem: ReportProblem) -> UsageAnswer {
        let members = [("code", problem.code), ("parameter", problem.parameter), ("message", problem.message)]
            .map { "\($0.jsonQuoted):\($1.jsonQuoted)" }.joined(separator: ",")
        return UsageAnswer(status: status, contentType: RowFormat.json.contentType, body: "{\"error\":{\(members)}}\n")
    }
}

extension ReportProblem {
    /// More pages are asked for at once than are made.
    public static let busy = ReportProblem("busy", "", "Too many pages are asked for at once: try again in a moment.")
    /// Another method than GET and HEAD.
    public static let otherMethod = ReportProblem("method_not_allowed", "", "Only GET and HEAD requests are allowed.")
    static let unreadable = ReportProblem("ledger_unreadable", "", "The ledger cannot be read.")
}

/// Answers questions about recorded usage, page by page.
public struct UsageAPI: Sendable {
    /// Of how many days a report is when nothing is said of its beginning.
    static let usualDays = 30
    /// How often the ledger is asked for one page. A page that would need more has fewer rows and a next one.
    static let mostReads = 500

    private let history: any UsageHistory
    private let apps: @Sendable () async -> ReportedApps
    private let now: @Sendable () -> UnixTime
    private let onFailure: @Sendable (any Error) -> Void

    /// - Parameters:
    ///   - history: What was recorded.
    ///   - apps: The apps as they are configured and listed at that moment.
    ///   - now: The wall clock.
    ///   - onFailure: Told why the ledger could not be read: the answer does not say.
    public init(
        history: any UsageHistory,
        apps: @escaping @Sendable () async -> ReportedApps,
        now: @escaping @Sendable () -> UnixTime,
        onFailure: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.history = history
        self.apps = apps
        self.now = now
        self.onFailure = onFailure
    }

    /// Answers one request, of which the query of its URL is given as it was sent; empty when there is none.
    public func answer(_ query: String) async -> UsageAnswer {
        do {
            return try await page(ReportQuery(query))
        } catch let problem as ReportProblem {
            return .problem(400, problem)
        } catch {
            onFailure(error)
            return .problem(503, .unreadable)
        }
    }

    private func page(_ query: ReportQuery) async throws -> UsageAnswer {
        let now = query.cursor?.now ?? now()
        let apps = try query.selection.apps(among: await apps())
        try Self.checkLength(of: query.selection, now: now)
        var scan = ReportScan(
            query.selection,
            of: apps,
            usualDays: Self.usualDays,
            history: history,
            now: now,
            from: query.cursor?.position
        )
        var page = UsagePage(query)
        let next = try await page.fill(from: &scan, atMostReads: Self.mostReads)
        let link = next.map { query.link(to: ReportCursor(question: query.question, now: now, position: $0)) }
        return .page(query.format, page.text + query.format.ending(next: link), next: link)
    }

    private static func checkLength(of selection: ReportSelection, now: UnixTime) throws(ReportProblem) {
        let ranges = ReportRange.zones.map { selection.range.completed(days: usualDays, zone: $0, now: now) }
        guard !ranges.allSatisfy(\.isReversed) else { throw .reversedRange }
        guard selection.range.length(days: usualDays, now: now) <= selection.step.mostDays else {
            throw ReportProblem(
                "range_too_long",
                "from",
                "The range is longer than the \(selection.step.mostDays) days that a question with step=\(selection.step.rawValue) may be about."
            )
        }
    }
}
