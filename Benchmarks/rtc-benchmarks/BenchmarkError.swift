/// Why a benchmark has no result.
enum BenchmarkError: Error {
    /// The peer did not run to its end.
    case peerFailed
    /// What was read back is not what was written.
    case wrongRows
    /// Debian packages that have to be installed.
    case packagesMissing([String])
    /// A program that was to run, and what became of it.
    case programFailed(String)
    /// What is wrong with a page that was served.
    case wrongPage(String)
    /// A server on this machine that did not answer as it should.
    case noAnswer(String)
    /// What was asked for on the command line.
    case unknownPart(String)
}

extension BenchmarkError: CustomStringConvertible {
    /// A sentence.
    var description: String {
        switch self {
        case .peerFailed: "The peer did not run to its end."
        case .wrongRows: "What was read back is not what was written."
        case .packagesMissing(let packages):
            "The peers need Debian packages that are missing; install them with: "
                + "sudo apt-get install --no-install-recommends \(packages.joined(separator: " "))"
        case .programFailed(let what): "A program failed: \(what)."
        case .wrongPage(let what): "A page is wrong: \(what)."
        case .noAnswer(let what): "A server does not answer as it should: \(what)."
        case .unknownPart(let what): "There is no part \(what). The README lists the parts."
        }
    }
}
