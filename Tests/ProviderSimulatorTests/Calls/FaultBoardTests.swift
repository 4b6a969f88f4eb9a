import Testing

@testable import ProviderSimulator

@Suite("The fault board")
struct FaultBoardTests {
    @Test("A counted fault strikes so often and is gone")
    func counted() {
        let board = FaultBoard()
        board.add(SimulatedFault(.negative, count: 2))
        let struck = (0..<3).map { _ in board.strike(.answer, app: "1", api: .roomUsage)?.kind }
        #expect(struck == [.negative, .negative, nil])
        #expect(board.active.isEmpty)
    }

    @Test("A fault for one app spares the others")
    func filtered() {
        let board = FaultBoard()
        board.add(SimulatedFault(.hang, app: "1"))
        #expect(board.strike(.gateway, app: "2", api: .roomUsage) == nil)
        #expect(board.strike(.gateway, app: nil, api: .roomUsage) == nil)
        #expect(board.strike(.answer, app: "1", api: .roomUsage) == nil)
        #expect(board.strike(.gateway, app: "1", api: .roomUsage)?.kind == .hang)
        #expect(board.active.count == 1)
    }

    @Test("The oldest fitting fault strikes; switching one on again replaces it")
    func order() {
        let board = FaultBoard()
        board.add(SimulatedFault(.letters))
        board.add(SimulatedFault(.negative))
        #expect(board.strike(.answer, app: "1", api: .roomUsage)?.kind == .letters)
        board.add(SimulatedFault(.letters, count: 1))
        #expect(board.active.map(\.kind) == [.negative, .letters])
        board.add(SimulatedFault(.letters, count: 0))
        #expect(board.active.map(\.kind) == [.negative])
    }

    @Test("Faults are switched off by name, by app, or all at once")
    func removed() {
        let board = FaultBoard()
        let faults = [SimulatedFault(.letters, app: "1"), SimulatedFault(.letters), SimulatedFault(.hang, app: "1")]
        faults.forEach(board.add)
        board.remove(.letters, app: "1")
        #expect(board.active == [faults[1], faults[2]])
        board.remove(app: "1")
        #expect(board.active == [faults[1]])
        board.remove()
        #expect(board.active.isEmpty)
    }

    @Test("Every fault has a name in lower case with hyphens")
    func names() {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz-0128")
        #expect(FaultKind.allCases.allSatisfy { Set($0.rawValue).isSubset(of: allowed) })
        #expect(FaultKind.allCases.count == 37)
    }
}
