extension MetricFamily {
    /// The lines before the family's samples, each with its newline.
    func metadata(_ format: ExpositionFormat) -> [UInt8] {
        var writer = ByteWriter(capacity: 256)
        switch format {
        case .text:
            writer.appendMetadata("HELP", name, help, escapingQuotes: false)
            writer.appendMetadata("TYPE", name, kind == .info ? MetricKind.gauge.rawValue : kind.rawValue)
        case .openMetrics:
            writer.appendMetadata("TYPE", stem, kind.rawValue)
            if let unit { writer.appendMetadata("UNIT", stem, unit) }
            writer.appendMetadata("HELP", stem, help, escapingQuotes: true)
        }
        return writer.bytes()
    }
}

extension ByteWriter {
    fileprivate mutating func appendMetadata(
        _ keyword: String,
        _ name: String,
        _ text: String,
        escapingQuotes: Bool = false
    ) {
        append("# ")
        append(keyword)
        append(UInt8(ascii: " "))
        append(name)
        append(UInt8(ascii: " "))
        append(text, escapingQuotes: escapingQuotes)
        append(UInt8(ascii: "\n"))
    }
}
