/// The world that the simulated providers share: its clocks, its usage, who called and what is broken.
///
/// Copies are the same world: clock, log, faults, directory and tokens are shared.
public struct Simulation: Sendable {
    /// Who may call and how the providers behave.
    public let configuration: SimulatorConfiguration
    /// The providers' clocks.
    public let clock: SimulatorClock
    /// What a correct client must hold.
    public let truth: UsageTruth
    /// Every call, in the order of its decision.
    public let calls: CallLog
    /// What is broken just now.
    public let faults: FaultBoard
    /// Which apps the lists of apps name.
    public let directory: AppDirectory
    /// The tokens of Huawei's identity service.
    public let tokens: IssuedTokens

    /// A world in which nobody has called yet and nothing is broken.
    public init(configuration: SimulatorConfiguration = .demo, clock: SimulatorClock = SimulatorClock()) {
        self.configuration = configuration
        self.clock = clock
        truth = UsageTruth(configuration: configuration)
        calls = CallLog()
        faults = FaultBoard()
        directory = AppDirectory()
        tokens = IssuedTokens(seed: configuration.seed)
    }
}
