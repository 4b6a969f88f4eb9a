extension SimulatorConfiguration {
    /// One account at each provider, for a first look: seven busy apps and an idle one at Tencent, three at the others.
    public static let demo = SimulatorConfiguration(accounts: [.tencentDemo, .huaweiDemo, .volcengineDemo])

    /// The demo with another number of Tencent apps: fewer of them, or more of the same kinds.
    ///
    /// - Parameter count: How many apps, at least one.
    /// - Returns: Apps with ids that follow each other, each kind with its number behind its name from the second on.
    public static func demo(apps count: Int) -> SimulatorConfiguration {
        var configuration = demo
        configuration.accounts = demo.accounts.map { account in
            account.provider == .tencent ? account.with(apps: count) : account
        }
        return configuration
    }
}

extension SimulatedAccount {
    fileprivate static let tencentDemo = SimulatedAccount(
        secretID: "AKIDsimulated0demo0account",
        secretKey: "simulated-demo-secret-key",
        apps: [
            SimulatedApp(id: 1_400_012_001, name: "Classroom", rooms: 480, largestRoom: 260, media: .classroom),
            SimulatedApp(id: 1_400_012_002, name: "Meetings", rooms: 160, largestRoom: 45, media: .meeting),
            SimulatedApp(id: 1_400_012_003, name: "Telehealth", rooms: 60, largestRoom: 6, media: .meeting),
            SimulatedApp(id: 1_400_012_004, name: "Support calls", rooms: 240, largestRoom: 4, media: .voice),
            SimulatedApp(id: 1_400_012_005, name: "Live shopping", rooms: 12, largestRoom: 1_800, media: .broadcast),
            SimulatedApp(id: 1_400_012_006, name: "Game voice", rooms: 90, largestRoom: 120, media: .voice),
            SimulatedApp(id: 1_400_012_007, name: "Town hall", rooms: 10, largestRoom: 600, media: .broadcast),
            SimulatedApp(id: 1_400_012_008, name: "Sandbox", rooms: 0, largestRoom: 0, media: .meeting),
        ]
    )

    // No broadcasts at the other two: their answers have no 2K and 4K.
    fileprivate static let huaweiDemo = SimulatedAccount(
        provider: .huawei,
        secretID: "SIMULATEDHWDEMO00001",
        secretKey: "simulated-huawei-demo-secret-key",
        projectID: "5111a7ed00000000000000000000c10d",
        user: SimulatedUser(
            domain: "simulated-domain",
            name: "simulated-user",
            password: "simulated-demo-password",
            project: "cn-north-4"
        ),
        apps: [
            SimulatedApp(
                id: "5fa6000000000000000c1001",
                name: "Clinic video",
                rooms: 120,
                largestRoom: 12,
                media: .meeting
            ),
            SimulatedApp(
                id: "5fa6000000000000000c1002",
                name: "Insurance claims",
                rooms: 80,
                largestRoom: 8,
                media: .meeting
            ),
            SimulatedApp(
                id: "5fa6000000000000000c1003",
                name: "Bank counter",
                rooms: 200,
                largestRoom: 5,
                media: .voice
            ),
        ]
    )

    fileprivate static let volcengineDemo = SimulatedAccount(
        provider: .volcengine,
        secretID: "AKLTsimulated0demo0account",
        secretKey: "simulated-volcengine-demo-secret-key",
        apps: [
            SimulatedApp(
                id: "661e000000000000000c2001",
                name: "Live auction",
                rooms: 14,
                largestRoom: 900,
                media: .classroom
            ),
            SimulatedApp(
                id: "661e000000000000000c2002",
                name: "Language lessons",
                rooms: 300,
                largestRoom: 90,
                media: .classroom
            ),
            SimulatedApp(
                id: "661e000000000000000c2003",
                name: "Karaoke rooms",
                rooms: 150,
                largestRoom: 60,
                media: .voice
            ),
        ]
    )

    /// This account of apps with numbers as ids, with another count of them.
    fileprivate func with(apps count: Int) -> SimulatedAccount {
        let first = apps.first.flatMap { Int($0.id) } ?? 1
        let more = (0..<max(1, count)).map { index in
            let (round, kind) = (index / apps.count, apps[index % apps.count])
            return SimulatedApp(
                id: first + index,
                name: round == 0 ? kind.name : "\(kind.name) \(round + 1)",
                rooms: kind.rooms,
                largestRoom: kind.largestRoom,
                media: kind.media
            )
        }
        return SimulatedAccount(secretID: secretID, secretKey: secretKey, token: token, apps: more)
    }
}
