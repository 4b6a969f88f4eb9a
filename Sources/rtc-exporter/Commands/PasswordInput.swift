import ExporterHTTP
import Foundation

/// Reads a password that somebody types, or one line of a file or pipe.
struct PasswordInput: Sendable {
    /// Why there is no password. Never a part of it.
    enum Problem: Error, Hashable, CustomStringConvertible {
        case empty, tooLong, controlCharacter, notUTF8, different, interrupted, moreLines, unreadable, notHashed

        var description: String {
            switch self {
            case .empty: "The password is empty."
            case .tooLong:
                "The password has more than \(Bcrypt.longestPassword) bytes: bcrypt would not look at the rest of it."
            case .controlCharacter: "The password has a control character, which no browser can send."
            case .notUTF8: "The password is not UTF-8 text."
            case .different: "The two passwords differ."
            case .interrupted: "No password was given."
            case .moreLines: "There is more than one line on standard input; the password is one line."
            case .unreadable: "Standard input cannot be read."
            case .notHashed: "The system's library cannot make a bcrypt hash."
            }
        }
    }

    /// Standard input; prompts go to standard error, since standard output is for the hash.
    static let process = PasswordInput(descriptor: STDIN_FILENO, prompt: { LineWriter.standardError.write($0) })

    /// Far more than any password.
    private static let limit = 4_096

    let descriptor: Int32
    let prompt: @Sendable (String) -> Void

    /// Reads and checks it.
    ///
    /// - Throws: ``Problem``.
    func read() throws(Problem) -> [UInt8] {
        guard isatty(descriptor) == 1 else { return try Self.checked(try wholeInput()) }
        let password = try Self.checked(try typed("Password: "))
        guard try typed("Once more: ") == password else { throw .different }
        return password
    }

    /// What can be a password.
    static func checked(_ line: [UInt8]) throws(Problem) -> [UInt8] {
        guard !line.isEmpty else { throw .empty }
        guard String(validating: line, as: UTF8.self) != nil else { throw .notUTF8 }
        guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { throw .controlCharacter }
        guard line.count <= Bcrypt.longestPassword else { throw .tooLong }
        return line
    }

    /// What some shells and editors put before a text, and nobody has typed.
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    private func wholeInput() throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        while let part = try part(), bytes.count <= Self.limit { bytes += part }
        if bytes.starts(with: Self.byteOrderMark) { bytes.removeFirst(Self.byteOrderMark.count) }
        let line = Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
        guard bytes.count <= line.count + 1 else { throw bytes.count > Self.limit ? .tooLong : .moreLines }
        return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    private func typed(_ question: String) throws(Problem) -> [UInt8] {
        prompt(question)
        let line = try withoutEcho { () throws(Problem) in try part() }
        // The line break that was typed was not shown either.
        prompt("\n")
        guard let line, line.last == UInt8(ascii: "\n") else { throw .interrupted }
        return line.dropLast()
    }

    /// The next bytes, of a terminal one line; `nil` at the end.
    private func part() throws(Problem) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: Self.limit)
        let count = unsafe Foundation.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw .unreadable }
        return count == 0 ? nil : Array(bytes.prefix(count))
    }

    /// Ctrl-C ends the line here and not the process, which would leave the terminal without its echo.
    private func withoutEcho<Value>(_ body: () throws(Problem) -> Value) throws(Problem) -> Value {
        var before = termios()
        guard unsafe tcgetattr(descriptor, &before) == 0 else { throw .unreadable }
        var quiet = before
        quiet.c_lflag &= ~tcflag_t(ECHO | ISIG)
        let interrupt = unsafe withUnsafeBytes(of: before.c_cc) { unsafe $0[Int(VINTR)] }
        unsafe withUnsafeMutableBytes(of: &quiet.c_cc) { unsafe $0[Int(VEOL)] = interrupt }
        unsafe tcsetattr(descriptor, TCSAFLUSH, &quiet)
        defer { unsafe tcsetattr(descriptor, TCSAFLUSH, &before) }
        return try body()
    }
}
