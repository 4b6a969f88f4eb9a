import Logging
import ProviderSimulator
import ServiceLifecycle

/// Tells in the log where the simulated providers listen, once they do.
struct SimulatorAnnouncement: Service {
    let simulators: ProviderSimulators
    let host: String
    let logger: Logger

    func run() async throws {
        let ports = try await simulators.endpoints
        func url(_ port: Int) -> Logger.MetadataValue { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
        logger.info(
            "The simulated providers listen.",
            metadata: [
                "tencent": url(ports.tencent), "huawei": url(ports.huawei), "huawei_iam": url(ports.huaweiIAM),
                "volcengine": url(ports.volcengine),
            ]
        )
        try await gracefulShutdown()
    }
}
