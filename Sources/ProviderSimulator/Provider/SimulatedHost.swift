/// What listens at an address of its own.
enum SimulatedHost {
    /// Tencent's TRTC usage API: `POST /` with DescribeTrtcRoomUsage, DescribeTrtcUsage and DescribeTrtcInteractiveTime.
    case tencent
    /// Huawei's RTC service: `GET /v1/{project_id}/rtc/history/usage` and `GET /v2/apps`.
    case huawei
    /// Huawei's identity service: `POST /v3/auth/tokens`.
    case huaweiIAM
    /// Volcengine's RTC service: `POST /` with ListUsages and ListApps.
    case volcengine

    /// The provider and its control endpoints, without a listener.
    func responder(_ simulation: Simulation, pause: @escaping Pause) -> ProviderResponder {
        switch self {
        case .tencent:
            ProviderResponder(simulation, dialect: TencentDialect(simulation), pause: pause) { $0 == "/" }
        case .huawei:
            ProviderResponder(simulation, dialect: HuaweiDialect(simulation), pause: pause) { _ in true }
        case .huaweiIAM:
            ProviderResponder(simulation, dialect: IAMDialect(simulation), pause: pause) { _ in true }
        case .volcengine:
            ProviderResponder(simulation, dialect: VolcengineDialect(simulation), pause: pause) { $0 == "/" }
        }
    }
}
