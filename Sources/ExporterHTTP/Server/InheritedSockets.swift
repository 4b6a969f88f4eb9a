import Foundation

/// The sockets that systemd listens on for this process (`sd_listen_fds(3)`).
public enum InheritedSockets {
    /// Why there are none that can be used, as a sentence.
    public struct Problem: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// Takes them. Programs that this process starts do not get them.
    ///
    /// - Parameters:
    ///   - environment: The variables that tell of them.
    ///   - process: This process.
    ///   - first: The first descriptor.
    /// - Returns: One for each socket, at least one.
    /// - Throws: ``Problem`` when there are none, or when one of them is no stream socket that listens.
    public static func listeners(
        environment: [String: String],
        process: Int32,
        first: Int32 = 3
    ) throws(Problem) -> [Listener] {
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == process,
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...1024).contains(count)
        else { throw Problem(description: "--web.systemd-socket: systemd has passed no sockets to this process.") }
        var listeners: [Listener] = []
        for descriptor in first..<first + count {
            guard option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue),
                option(SO_ACCEPTCONN, of: descriptor) == 1
            else {
                throw Problem(
                    description:
                        "--web.systemd-socket: what systemd has passed as descriptor \(descriptor) is no stream socket that listens."
                )
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            listeners.append(.inherited(descriptor))
        }
        return listeners
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &length)
        return result == 0 ? value : nil
    }
}
