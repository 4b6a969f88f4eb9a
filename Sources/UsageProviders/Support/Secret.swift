/// A text that nobody may see: it prints, dumps and reflects as `<secret>`.
public struct Secret: Hashable, Sendable {
    private let text: String

    /// Wraps a secret.
    public init(_ text: String) {
        self.text = text
    }

    /// The secret itself, for signing and sending and nothing else.
    public func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<secret>`, whatever it is.
    public var description: String { "<secret>" }
    /// `<secret>`, whatever it is.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
