import Foundation

/// A real browser without a window, driven over the WebDriver protocol: <https://www.w3.org/TR/webdriver2/>.
struct WebDriver {
    /// A request that the browser could not carry out, in its words.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private let process: ChildProcess
    private let session: String

    /// Starts Debian's chromedriver and a browser of a given size with a profile of its own.
    static func start(in workplace: Workplace, width: Int = 1280, height: Int = 900) async throws -> WebDriver {
        let port = try SilentPort.free()
        let process = try ChildProcess(
            "/usr/bin/chromedriver",
            ["--port=\(port)"],
            environment: ["HOME": workplace.folder]
        )
        let url = "http://127.0.0.1:\(port)"
        try await eventually("chromedriver is ready", within: .seconds(20)) {
            (try? await Web.get("\(url)/status").status) == 200
        }
        let options: [String: Any] = [
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(workplace.path("profile"))", "--window-size=\(width),\(height)",
            ]
        ]
        let wanted: [String: Any] = [
            "browserName": "chrome", "goog:chromeOptions": options,
            "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
        ]
        let answer = try await call("POST", "\(url)/session", ["capabilities": ["alwaysMatch": wanted]])
        guard let id = (answer as? [String: Any])?["sessionId"] as? String else {
            throw Problem(description: "no session in \(answer)")
        }
        return WebDriver(process: process, session: "\(url)/session/\(id)")
    }

    func open(_ url: String) async throws { _ = try await post("url", ["url": url]) }

    /// Runs a function's body in the page and gives what it returns as text.
    func evaluate(_ script: String) async throws -> String {
        "\(try await post("execute/sync", ["script": "return String((() => { \(script) })())", "args": [Any]()]))"
    }

    /// Clicks the link with this text, as a person does.
    func click(link text: String) async throws {
        let found = try await post("element", ["using": "link text", "value": text])
        guard let element = (found as? [String: String])?.values.first else {
            throw Problem(description: "no link \(text)")
        }
        _ = try await post("element/\(element)/click", [:])
    }

    /// Presses the tabulator key.
    func pressTab() async throws {
        let key = "\u{E004}"
        let actions = [["type": "keyDown", "value": key], ["type": "keyUp", "value": key]]
        _ = try await post("actions", ["actions": [["type": "key", "id": "keyboard", "actions": actions]]])
    }

    /// Makes the page as wide as that of a phone, which a window cannot be.
    func setViewport(width: Int, height: Int) async throws {
        let metrics: [String: Any] = ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": true]
        let command: [String: Any] = ["cmd": "Emulation.setDeviceMetricsOverride", "params": metrics]
        _ = try await post("goog/cdp/execute", command)
    }

    /// The messages of the browser's console since this was asked last, errors of loading included.
    func consoleMessages() async throws -> [String] {
        try await log("browser").compactMap { $0["message"] as? String }
    }

    /// The schemes, hosts and ports of all requests since this was asked last.
    func requestedHosts() async throws -> Set<String> {
        let messages = try await log("performance").compactMap { $0["message"] as? String }
        let urls = try messages.compactMap { text -> String? in
            let entry = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            let message = entry?["message"] as? [String: Any]
            guard message?["method"] as? String == "Network.requestWillBeSent" else { return nil }
            let request = (message?["params"] as? [String: Any])?["request"] as? [String: Any]
            return request?["url"] as? String
        }
        // The empty icon is in the page itself, and the browser's first tab is in the browser.
        let parts = urls.filter { !$0.hasPrefix("data:") && !$0.hasPrefix("chrome://") }
            .compactMap { URLComponents(string: $0) }
        return Set(parts.map { "\($0.scheme ?? "") \($0.host ?? ""):\($0.port ?? 0)" })
    }

    /// Ends the browser, and then the driver, which has no end of its own.
    func quit() async throws {
        _ = try? await Self.call("DELETE", session, nil)
        process.signal(SIGKILL)
        try await process.end(within: .seconds(5))
    }

    // MARK: The protocol

    private func log(_ kind: String) async throws -> [[String: Any]] {
        try await post("se/log", ["type": kind]) as? [[String: Any]] ?? []
    }

    private func post(_ path: String, _ body: [String: Any]) async throws -> Any {
        try await Self.call("POST", "\(session)/\(path)", body)
    }

    /// One command: an answer other than 200 is a problem.
    private static func call(_ method: String, _ url: String, _ body: [String: Any]?) async throws -> Any {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let answer = try await Web.send(method, url, body: data.map { String(decoding: $0, as: UTF8.self) })
        let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        guard answer.status == 200, let value = object?["value"] else { throw Problem(description: answer.body) }
        return value
    }
}
