import ExporterMetrics
import Foundation
import Testing
import Usage

@testable import UsageReports

/// An answer as programs read it.
struct APIPage: Decodable {
    struct Row: Decodable, Hashable {
        let provider, app, tier, room, source, state, from, to: String
        let seconds: Int
        let days, days_in_month: Int?
        let complete: Bool?
    }

    let usage: [Row]
    let next: String?

    /// Reads an answer that has to be a page.
    init(_ answer: UsageAnswer) throws {
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
        self = try JSONDecoder().decode(APIPage.self, from: Data(answer.body))
    }
}

/// An answer that tells why there is no other.
struct APIRefusal: Decodable {
    struct Problem: Decodable {
        let code, parameter, message: String
    }

    let error: Problem

    init(_ answer: UsageAnswer) throws {
        self = try JSONDecoder().decode(APIRefusal.self, from: Data(answer.body))
    }
}

extension UsageAPI {
    /// One that answers from made up history.
    static func example(_ made: MadeUpHistory, _ history: FakeHistory? = nil, now: UnixTime = .noon) -> UsageAPI {
        UsageAPI(
            history: history ?? made.history,
            apps: { ReportedApps(apps: made.apps, providers: [Provider(rawValue: "volcengine")]) },
            now: { now }
        )
    }
}
