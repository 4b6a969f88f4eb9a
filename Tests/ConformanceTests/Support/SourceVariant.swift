import ProviderSimulator
import Testing
import Usage
import UsageProviders

/// One source with one way in which its provider may behave where the documentation is silent.
struct SourceVariant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let played: SimulatedSource
    let source: UsageSource
    /// The secrets and settings of the account, from the simulated one.
    let keys: @Sendable (SimulatedAccount) -> [String: Secret]
    let details: @Sendable (SimulatedAccount, ProviderSimulators.Ports) -> [String: String]
    let make: @Sendable (AccountSettings) -> any ProviderAccount
    /// How the provider behaves.
    let behaviour: @Sendable (inout SimulatorConfiguration) -> Void

    init(
        _ description: String,
        _ played: SimulatedSource,
        _ source: UsageSource,
        keys: @escaping @Sendable (SimulatedAccount) -> [String: Secret] = Self.accessKey,
        details: @escaping @Sendable (SimulatedAccount, ProviderSimulators.Ports) -> [String: String] = { _, _ in [:] },
        make: @escaping @Sendable (AccountSettings) -> any ProviderAccount,
        behaviour: @escaping @Sendable (inout SimulatorConfiguration) -> Void = { _ in }
    ) {
        testDescription = description
        self.played = played
        self.source = source
        self.keys = keys
        self.details = details
        self.make = make
        self.behaviour = behaviour
    }

    @Sendable private static func accessKey(_ account: SimulatedAccount) -> [String: Secret] {
        ["access_key": Secret(account.secretID), "secret_key": Secret(account.secretKey)]
            .merging(account.token.map { ["token": Secret($0)] } ?? [:]) { $1 }
    }

    /// The ports of the source's provider.
    func port(_ ports: ProviderSimulators.Ports) -> Int {
        switch played.provider {
        case .tencent: ports.tencent
        case .huawei: ports.huawei
        case .volcengine: ports.volcengine
        }
    }
}

extension SourceVariant {
    /// Every source in the way in which its provider most likely behaves.
    static let plain: [SourceVariant] = [
        tencent("Tencent rooms", .roomUsage, TencentProvider.roomUsage),
        tencent("Tencent app usage", .trtcUsage, TencentProvider.trtcUsage),
        tencent("Tencent app usage, old", .interactiveTime, TencentProvider.interactiveTime),
        huawei("Huawei"), volcengine("Volcengine"),
    ]

    /// Every source in every way.
    static let all: [SourceVariant] =
        plain + [
            tencent("Tencent app usage, labels at the end, rows of zeros", .trtcUsage, TencentProvider.trtcUsage) {
                $0.fiveMinuteLabels = .end
                $0.zeroRows = true
            },
            tencent("Tencent app usage, old, in three parts", .interactiveTime, TencentProvider.interactiveTime) {
                $0.fiveMinuteLabels = .end
                $0.interactiveAppID = .number
                $0.interactiveEntries = 3
            },
            huawei("Huawei, last day excluded, running day unlisted, zeros listed") {
                $0.huaweiEndDate = .exclusive
                $0.huaweiListsToday = false
                $0.quietDays = .zero
            },
            huaweiUser("Huawei, by tokens"),
            volcengine("Volcengine, zeros listed") {
                $0.quietDays = .zero
                $0.volcengineEmptyUsages = .missing
            },
        ]

    private static func tencent(
        _ description: String,
        _ played: SimulatedSource,
        _ source: UsageSource,
        behaviour: @escaping @Sendable (inout SimulatorConfiguration) -> Void = { _ in }
    ) -> SourceVariant {
        SourceVariant(
            description,
            played,
            source,
            keys: { ["secret_id": Secret($0.secretID), "secret_key": Secret($0.secretKey)] },
            make: { TencentAccount($0) },
            behaviour: behaviour
        )
    }

    private static func huawei(
        _ description: String,
        behaviour: @escaping @Sendable (inout SimulatorConfiguration) -> Void = { _ in }
    ) -> SourceVariant {
        SourceVariant(
            description,
            .historyUsage,
            HuaweiProvider.historyUsage,
            details: { account, _ in ["project_id": account.projectID] },
            make: { HuaweiAccount($0) },
            behaviour: behaviour
        )
    }

    private static func huaweiUser(_ description: String) -> SourceVariant {
        SourceVariant(
            description,
            .historyUsage,
            HuaweiProvider.historyUsage,
            keys: { ["password": Secret($0.user?.password ?? "")] },
            details: { account, ports in
                [
                    "project_id": account.projectID, "iam_endpoint": "http://127.0.0.1:\(ports.huaweiIAM)",
                    "domain": account.user?.domain ?? "", "user": account.user?.name ?? "",
                    "project": account.user?.project ?? "",
                ]
            },
            make: { HuaweiAccount($0) }
        )
    }

    private static func volcengine(
        _ description: String,
        behaviour: @escaping @Sendable (inout SimulatorConfiguration) -> Void = { _ in }
    ) -> SourceVariant {
        SourceVariant(
            description,
            .listUsages,
            VolcengineProvider.listUsages,
            make: { VolcengineAccount($0) },
            behaviour: behaviour
        )
    }
}
