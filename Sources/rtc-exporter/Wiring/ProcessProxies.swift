import Foundation
import UsageProviders

extension ProxySettings {
    /// The proxies that the process's environment names.
    ///
    /// - Throws: A sentence about a variable that cannot be used.
    static func ofProcess() throws -> ProxySettings {
        let environment = ProcessInfo.processInfo.environment
        do throws(Problem) {
            return try ProxySettings { environment[$0] }
        } catch {
            throw PollBudget.Conflict(description: error.sentence)
        }
    }
}
