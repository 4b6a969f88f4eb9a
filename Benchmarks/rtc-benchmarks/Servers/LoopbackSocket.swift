import Foundation

/// A connection to a server on this machine, whose calls wait.
final class LoopbackSocket {
    private let descriptor: Int32

    /// Connects.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.address(port: port)
        // A server that says nothing for so long is broken.
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        let (descriptor, length) = (descriptor, socklen_t(MemoryLayout<sockaddr_in>.size))
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(descriptor, generic, length) == 0
            }
        }
        guard isConnected,
            unsafe setsockopt(
                descriptor,
                SOL_SOCKET,
                SO_RCVTIMEO,
                &patience,
                socklen_t(MemoryLayout<timeval>.size)
            ) == 0
        else { throw BenchmarkError.noAnswer("nobody listens at port \(port)") }
    }

    deinit { close(descriptor) }

    /// A port that is free now, for programs that cannot be asked for any.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var (address, length) = (address(port: 0), socklen_t(MemoryLayout<sockaddr_in>.size))
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else { throw BenchmarkError.noAnswer("there is no free port") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    /// Sends some bytes, few enough for the kernel to take them at once.
    func send(_ bytes: [UInt8]) throws {
        let sent = unsafe bytes.withUnsafeBytes {
            unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == bytes.count else { throw BenchmarkError.noAnswer("a connection was closed before the request") }
    }

    /// Waits for some bytes and writes them to the beginning of a buffer.
    ///
    /// - Returns: How many there are.
    func receive(into buffer: inout [UInt8]) throws -> Int {
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw BenchmarkError.noAnswer("a connection was closed before the end of the answer") }
        return count
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        address.sin_port = in_port_t(port).bigEndian
        return address
    }
}
