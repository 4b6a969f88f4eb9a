import ArgumentParser
import ExporterHTTP

/// Makes a bcrypt hash for the web configuration file.
struct HashPasswordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash-password",
        abstract: "Make a bcrypt hash for basic_auth_users in the web configuration file.",
        discussion: "The password is read from standard input: typed twice on a terminal, else one line."
    )

    /// Each step doubles the time: 20 takes a minute, and longer takes nobody serious.
    private static let costs = BcryptHash.costs.lowerBound...20

    @Option(help: "How much work a hash is: each step doubles it. From 4 to 20.")
    var cost = 12

    func validate() throws {
        guard Self.costs.contains(cost) else {
            throw ValidationError("--cost has to be from \(Self.costs.lowerBound) to \(Self.costs.upperBound).")
        }
    }

    func run() throws {
        let password = try PasswordInput.process.read()
        var random = SystemRandomNumberGenerator()
        guard let hash = Bcrypt.newHash(of: password, cost: cost, random: &random) else {
            throw PasswordInput.Problem.notHashed
        }
        print(hash)
    }
}
