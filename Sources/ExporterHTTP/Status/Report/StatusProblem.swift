/// Something that is wrong, in plain words and with what to do about it.
public struct StatusProblem: Hashable, Sendable {
    /// What is wrong and what to do.
    public let text: String
    /// The apps that it concerns; none when it concerns the exporter as a whole.
    public let apps: [AppName]

    /// A problem of some apps, or of the exporter.
    public init(_ text: String, apps: [AppName] = []) {
        self.text = text
        self.apps = apps
    }

    /// The problems of apps, each kind once: that of most apps first, then in the order in which they came.
    ///
    /// - Parameter failures: What is wrong with which app; an app may have several.
    /// - Returns: One for each text.
    public static func grouped(_ failures: [(app: AppName, text: String)]) -> [StatusProblem] {
        var order: [String] = []
        var apps: [String: [AppName]] = [:]
        for failure in failures {
            if apps[failure.text] == nil { order.append(failure.text) }
            // Several sources of an app may fail alike, one after the other.
            if apps[failure.text]?.last != failure.app { apps[failure.text, default: []].append(failure.app) }
        }
        let groups = order.map { StatusProblem($0, apps: apps[$0] ?? []) }
        return groups.enumerated()
            .sorted { ($1.element.apps.count, $0.offset) < ($0.element.apps.count, $1.offset) }
            .map(\.element)
    }
}
