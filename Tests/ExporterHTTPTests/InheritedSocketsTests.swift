import ExporterHTTP
import Foundation
import Testing

@Suite("Sockets from systemd")
struct InheritedSocketsTests {
    private static let none = "--web.systemd-socket: systemd has passed no sockets to this process."

    @Test(
        "Where there are none for this process, a sentence says so",
        arguments: [
            [:], ["LISTEN_PID": "7"], ["LISTEN_FDS": "1"], ["LISTEN_PID": "8", "LISTEN_FDS": "1"],
            ["LISTEN_PID": "7", "LISTEN_FDS": "0"], ["LISTEN_PID": "7", "LISTEN_FDS": "-1"],
            ["LISTEN_PID": "7", "LISTEN_FDS": "2000000000"], ["LISTEN_PID": "x", "LISTEN_FDS": "1"],
        ]
    )
    func none(environment: [String: String]) {
        let error = #expect(throws: InheritedSockets.Problem.self) {
            try InheritedSockets.listeners(environment: environment, process: 7)
        }
        #expect(error?.description == Self.none)
    }

    /// Runs `body` with the descriptor of a socket, bound to a path where that is said.
    private static func withSocket(_ type: Int32, listens: Bool, _ body: (Int32) throws -> Void) throws {
        let descriptor = socket(AF_INET, type, 0)
        defer { close(descriptor) }
        if listens { #expect(listen(descriptor, 1) == 0) }
        try body(descriptor)
    }

    @Test("One that listens is taken, and is no other program's any more")
    func good() throws {
        try Self.withSocket(Int32(SOCK_STREAM.rawValue), listens: true) { descriptor in
            let listeners = try InheritedSockets.listeners(
                environment: ["LISTEN_PID": "7", "LISTEN_FDS": "1"],
                process: 7,
                first: descriptor
            )
            #expect(listeners == [.inherited(descriptor)])
            #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
        }
    }

    @Test(
        "Another kind of socket is refused by its descriptor",
        arguments: [(Int32(SOCK_DGRAM.rawValue), false), (Int32(SOCK_STREAM.rawValue), false)]
    )
    func wrong(type: Int32, listens: Bool) throws {
        try Self.withSocket(type, listens: listens) { descriptor in
            let error = #expect(throws: InheritedSockets.Problem.self) {
                try InheritedSockets.listeners(
                    environment: ["LISTEN_PID": "7", "LISTEN_FDS": "1"],
                    process: 7,
                    first: descriptor
                )
            }
            #expect(error?.description.contains("descriptor \(descriptor) is no stream socket that listens") == true)
        }
    }
}
