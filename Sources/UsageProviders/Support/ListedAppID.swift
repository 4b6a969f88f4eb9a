import Usage

extension ListedApp {
    /// An app of a provider's list; `nil` when its id could be none in a request or a label.
    init?(listed id: String?, name: String?) {
        guard let id, (1...128).contains(id.utf8.count), id.unicodeScalars.allSatisfy(\.isVisible) else { return nil }
        self.init(id: id, name: name ?? "")
    }
}

extension Unicode.Scalar {
    fileprivate var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
