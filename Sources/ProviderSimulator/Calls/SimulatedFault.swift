/// A fault that is switched on.
public struct SimulatedFault: Hashable, Sendable {
    /// What goes wrong.
    public let kind: FaultKind
    /// The app whose calls it strikes, as text; `nil` for every call.
    public let app: String?
    /// The API whose calls it strikes; `nil` for every one that it applies to.
    public let api: SimulatedAPI?
    /// How many more calls it strikes; `nil` for every one until it is switched off.
    public var remaining: Int?
    /// Where a redirect points to; an absolute URL.
    public let location: String
    /// The seconds in a Retry-After header.
    public let retryAfter: Int

    /// Where a redirect points to unless told otherwise: an address at which nothing answers.
    public static let defaultLocation = "http://127.0.0.1:9/"

    /// A fault.
    ///
    /// - Parameters:
    ///   - kind: What goes wrong.
    ///   - app: The app whose calls it strikes, as text; `nil` for every call.
    ///   - api: The API whose calls it strikes; `nil` for every one that it applies to.
    ///   - count: How many calls it strikes; `nil` for every one until it is switched off.
    ///   - location: Where a redirect points to.
    ///   - retryAfter: The seconds in a Retry-After header.
    public init(
        _ kind: FaultKind,
        app: String? = nil,
        api: SimulatedAPI? = nil,
        count: Int? = nil,
        location: String = SimulatedFault.defaultLocation,
        retryAfter: Int = 30
    ) {
        self.kind = kind
        self.app = app
        self.api = api
        remaining = count
        self.location = location
        self.retryAfter = retryAfter
    }
}
