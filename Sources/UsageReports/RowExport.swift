public import ExporterMetrics
public import Usage

/// Writes recorded usage as rows, in the format of the API's pages and without an end to them.
public struct RowExport {
    private let selection: ReportSelection
    private let apps: [PolledApp]
    private let format: RowFormat
    private let history: any UsageHistory
    private let now: UnixTime
    private let write: ([UInt8]) throws -> Void

    /// - Parameters:
    ///   - selection: Of what; all days that are held where it says nothing of the range.
    ///   - apps: The apps that the selection is about.
    ///   - format: How rows are written.
    ///   - history: What was recorded.
    ///   - now: The wall clock.
    ///   - write: Takes the text, piece by piece.
    public init(
        _ selection: ReportSelection,
        apps: [PolledApp],
        format: RowFormat,
        history: any UsageHistory,
        now: UnixTime,
        write: @escaping ([UInt8]) throws -> Void
    ) {
        self.selection = selection
        self.apps = apps
        self.format = format
        self.history = history
        self.now = now
        self.write = write
    }

    /// Writes everything.
    ///
    /// - Throws: When the history cannot be read or the text not be written.
    public func run() async throws {
        var scan = ReportScan(selection, of: apps, history: history, now: now)
        try write(Array(format.beginning(selection.step).utf8))
        var isFirst = true
        while let rows = try await scan.next() {
            guard !rows.isEmpty else { continue }
            var text = ""
            for row in rows {
                text += format.text(of: row, selection.step, isFirst: isFirst)
                isFirst = false
            }
            try write(Array(text.utf8))
        }
        try write(Array(format.ending(next: nil).utf8))
    }
}
