import Foundation

/// Where a page is measured: peers that are built, and ledgers that are filled once.
final class PageStage {
    /// The peers.
    let peers: PeerPrograms

    private let folder: URL
    private var filled: Set<PageScenario> = []

    /// Builds the peers in a folder that is empty.
    init(in folder: URL) throws {
        self.folder = folder
        peers = try PeerPrograms(in: folder)
    }

    /// Starts our server with a page. Of each page there is one server at a time, because it holds the ledger.
    func ours(_ scenario: PageScenario) async throws -> ServerProcess {
        let place = folder.appending(path: scenario.words.joined(separator: "-"))
        if filled.insert(scenario).inserted { try await PageLedger.fill(scenario, in: place) }
        // Another part of this very program.
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return try ServerProcess(program, ["page-server", place.path] + scenario.words)
    }
}
