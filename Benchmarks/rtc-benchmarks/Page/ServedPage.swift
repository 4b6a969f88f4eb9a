import ExporterMetrics
import Exposition
import Foundation
import Usage
import UsageLedger

/// A page that is made as the exporter makes it, from a ledger on disk: the one place that knows how figures become a page.
struct ServedPage {
    /// Counts the requests, which each scrape tells of.
    let statistics: HTTPStatistics

    private let ledger: PageLedger
    private let poller: IdlePoller
    private let publisher: MetricsPublisher

    /// Opens the ledger; there is no page yet.
    init(_ scenario: PageScenario, in folder: URL, counting statistics: HTTPStatistics) async throws {
        self.statistics = statistics
        ledger = try PageLedger(scenario, in: folder)
        poller = try await IdlePoller(of: ledger)
        publisher = Self.publisher(for: scenario)
    }

    /// The page as it stands.
    var page: MetricsPage? { publisher.page }

    /// What is true for the moment of a scrape only.
    func tail() async -> [FamilySamples] {
        await publisher.tail(queues: poller.queues(), store: ledger.store.condition, http: statistics)
    }

    /// Makes the page at the start.
    func load() async throws {
        for app in ledger.scenario.apps {
            await publisher.update(polled(app), figures: try await ledger.figures(of: app.key))
        }
        await publish(by: publisher)
    }

    /// The first app gets another reading, and there is a new page.
    ///
    /// - Returns: CPU seconds for recording the reading, for reading the app's figures, and for the page.
    func change(to revision: Int) async throws -> [Double] {
        let app = ledger.scenario.apps[0]
        let reading = ledger.scenario.reading(of: app, revision: revision)
        let recording = try await CPUTime.seconds { try await ledger.record(reading) }
        var figures: AppFigures?
        let asking = try await CPUTime.seconds { figures = try await ledger.figures(of: app.key) }
        guard let figures else { return [] }
        let making = await CPUTime.seconds {
            await publisher.update(polled(app), figures: figures)
            await publish(by: publisher)
        }
        return [recording, asking, making]
    }

    /// Makes the whole page anew from figures that are in memory: all that text and gzip scrapes need. By a publisher of its
    /// own, which knows nothing yet that it could use again.
    ///
    /// - Returns: The CPU seconds of that.
    func render() async throws -> Double {
        var apps: [(PolledApp, AppFigures)] = []
        for app in ledger.scenario.apps { apps.append((polled(app), try await ledger.figures(of: app.key))) }
        let fresh = Self.publisher(for: ledger.scenario)
        return await CPUTime.seconds {
            for (app, figures) in apps { await fresh.update(app, figures: figures) }
            await publish(by: fresh)
            for gzip in [true, false] { _ = fresh.page?.body(format: .text, gzip: gzip) }
        }
    }

    /// Closes the ledger.
    func close() throws { try ledger.store.close() }

    private func publish(by publisher: MetricsPublisher) async {
        await publisher.publish([poller.status()], lists: [])
    }

    private func polled(_ app: PageScenario.App) -> PolledApp {
        PolledApp(key: app.key, account: "main", name: "Classroom", sources: [ledger.scenario.source])
    }

    private static func publisher(for scenario: PageScenario) -> MetricsPublisher {
        MetricsPublisher(
            facts: ExporterFacts(
                version: "1.2.3",
                revision: "0123456789ab",
                swiftVersion: "6.3",
                configurationLoaded: PageScenario.now
            ),
            seriesLimit: scenario.series
        )
    }
}
