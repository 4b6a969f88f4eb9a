import Foundation
import Usage
import UsageLedger

/// The ledger that a page is made from: the one place in the page's benchmark that knows its functions.
struct PageLedger {
    /// What is in it.
    let scenario: PageScenario
    /// The ledger itself.
    let store: UsageLedger

    /// Opens or makes a ledger in a folder.
    init(_ scenario: PageScenario, in folder: URL) throws {
        self.scenario = scenario
        store = try UsageLedger(
            path: folder.appending(path: "page.sqlite").path,
            // Each room is named.
            folding: RoomFolding(limit: scenario.series),
            now: { PageScenario.now }
        )
        store.setSources(Dictionary(scenario.apps.map { ($0.key, [scenario.source]) }) { $1 })
    }

    /// Makes a ledger with the first reading of each app.
    static func fill(_ scenario: PageScenario, in folder: URL) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let ledger = try PageLedger(scenario, in: folder)
        for app in scenario.apps { try await ledger.record(scenario.reading(of: app, revision: 0)) }
        try ledger.store.close()
    }

    /// Records a reading.
    func record(_ reading: Reading?) async throws {
        guard let reading else { return }
        _ = try await store.record(reading, from: scenario.source)
    }

    /// What the page tells of an app.
    func figures(of app: AppKey) async throws -> AppFigures {
        try await store.figures(of: app, from: [scenario.source])
    }
}
