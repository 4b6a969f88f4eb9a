import TestSupport
import Testing

@Suite("Making a hash of a password")
struct HashPasswordTests {
    /// Runs the command on a terminal, types what is given and prints what the terminal shows, and whether it shows typing again.
    private static let terminal = """
        import os, pty, select, signal, sys, termios, time
        program, mode, typed = sys.argv[1], sys.argv[2], sys.argv[3:]
        child, terminal = pty.fork()
        if child == 0:
            os.execv(program, [program, "hash-password", "--cost", "4"])
        shown = b""
        def read_until(text):
            global shown
            end = time.time() + 20
            while text not in shown and time.time() < end:
                if select.select([terminal], [], [], 0.1)[0]:
                    try: shown += os.read(terminal, 4096)
                    except OSError: break
        def wait_for_silence():
            end = time.time() + 20
            while termios.tcgetattr(terminal)[3] & termios.ECHO and time.time() < end: time.sleep(0.01)
        for prompt, line in zip((b"Password: ", b"Once more: "), typed):
            read_until(prompt)
            wait_for_silence()
            os.write(terminal, line.encode() + (b"" if mode == "interrupt" else b"\\n"))
            if mode == "interrupt": os.write(terminal, b"\\x03")
        read_until(b"\\0")
        status = os.waitpid(child, 0)[1]
        print(shown.decode(), "exit", os.waitstatus_to_exitcode(status))
        """

    private func type(_ lines: [String], mode: String = "lines") throws -> String {
        let tool = try Tool("python3", ["-c", Self.terminal, Workplace.exporter, mode] + lines)
        try #require(tool.status == 0, "\(tool.errors)")
        return String(decoding: tool.output, as: UTF8.self)
    }

    @Test("On a terminal it asks twice and shows nothing of what is typed")
    func terminal() throws {
        let shown = try type(["open sesame", "open sesame"])
        #expect(shown.contains("$2b$04$"))
        #expect(shown.contains("exit 0"))
        #expect(!shown.contains("sesame"))
        let different = try type(["open sesame", "open barley"])
        #expect(different.contains("The two passwords differ."))
        #expect(different.contains("exit 1"))
        #expect(!different.contains("$2b$"))
    }

    @Test("Whoever interrupts it gets no hash")
    func interrupted() throws {
        let shown = try type(["open"], mode: "interrupt")
        #expect(shown.contains("No password was given."))
        #expect(shown.contains("exit 1"))
    }

    @Test("From a pipe it takes one line, and a password is never an argument")
    func pipe() throws {
        let made = try Workplace.run(Workplace.exporter, ["hash-password", "--cost", "5"], input: "open sesame\n")
        #expect(made.status == 0)
        #expect(made.text.hasPrefix("$2b$05$"))
        #expect(made.text.count == 61)
        for arguments in [["secret"], ["--password", "secret"], ["--cost", "3"], ["--cost", "21"], ["--cost", "x"]] {
            #expect(try Workplace.run(Workplace.exporter, ["hash-password"] + arguments, input: "a\n").status == 1)
        }
        #expect(
            try Workplace.run(Workplace.exporter, ["hash-password"], input: "\n").text.contains(
                "The password is empty."
            )
        )
    }
}
