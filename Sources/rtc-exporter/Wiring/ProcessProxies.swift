import Foundation
import UsageProviders

/// Why a variable of the environment names no proxy that can be used, without what it holds.
struct UnusableProxy: Error, CustomStringConvertible {
    let description: String
}

extension ProxySettings {
    /// The proxies that the process's environment names.
    ///
    /// - Throws: ``UnusableProxy``.
    static func ofProcess() throws -> ProxySettings {
        let environment = ProcessInfo.processInfo.environment
        do throws(Problem) {
            return try ProxySettings { environment[$0] }
        } catch {
            throw UnusableProxy(description: error.sentence)
        }
    }
}
