extension SimulatorConfiguration {
    /// One account with seven busy apps and an idle one, for a first look.
    public static let demo = SimulatorConfiguration(
        accounts: [
            SimulatedAccount(
                secretID: "AKIDsimulated0demo0account",
                secretKey: "simulated-demo-secret-key",
                apps: [
                    SimulatedApp(id: 1_400_012_001, name: "Classroom", rooms: 480, largestRoom: 260, media: .classroom),
                    SimulatedApp(id: 1_400_012_002, name: "Meetings", rooms: 160, largestRoom: 45, media: .meeting),
                    SimulatedApp(id: 1_400_012_003, name: "Telehealth", rooms: 60, largestRoom: 6, media: .meeting),
                    SimulatedApp(id: 1_400_012_004, name: "Support calls", rooms: 240, largestRoom: 4, media: .voice),
                    SimulatedApp(
                        id: 1_400_012_005,
                        name: "Live shopping",
                        rooms: 12,
                        largestRoom: 1_800,
                        media: .broadcast
                    ),
                    SimulatedApp(id: 1_400_012_006, name: "Game voice", rooms: 90, largestRoom: 120, media: .voice),
                    SimulatedApp(id: 1_400_012_007, name: "Town hall", rooms: 10, largestRoom: 600, media: .broadcast),
                    SimulatedApp(id: 1_400_012_008, name: "Sandbox", rooms: 0, largestRoom: 0, media: .meeting),
                ]
            )
        ]
    )

    /// The demo's account with another number of apps: fewer of them, or more of the same kinds.
    ///
    /// - Parameter count: How many apps, at least one.
    /// - Returns: Apps with ids that follow each other, each kind with its number behind its name from the second on.
    public static func demo(apps count: Int) -> SimulatorConfiguration {
        var configuration = demo
        configuration.accounts = demo.accounts.map { account in
            let kinds = account.apps
            let apps = (0..<max(1, count)).compactMap { index -> SimulatedApp? in
                guard let first = kinds.first else { return nil }
                let (round, kind) = (index / kinds.count, kinds[index % kinds.count])
                return SimulatedApp(
                    id: first.id + index,
                    name: round == 0 ? kind.name : "\(kind.name) \(round + 1)",
                    rooms: kind.rooms,
                    largestRoom: kind.largestRoom,
                    media: kind.media
                )
            }
            return SimulatedAccount(
                secretID: account.secretID,
                secretKey: account.secretKey,
                token: account.token,
                apps: apps
            )
        }
        return configuration
    }
}
