/// Another program that calls with the key of the first budget, so that the provider counts both together and refuses what is
/// one too many. It knows no waits: what is refused it leaves.
struct SimulatedOtherTool {
    /// The mean time between its calls.
    let interval: Duration
    /// When it calls, counted from the beginning.
    let from: Duration, to: Duration
    /// Its calls, and those of them that were refused.
    var calls = 0, refused = 0
}
