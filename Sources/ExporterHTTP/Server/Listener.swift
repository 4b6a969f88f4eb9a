/// Where connections come from.
public enum Listener: Hashable, Sendable, CustomStringConvertible {
    /// An address to listen on.
    case address(ListenAddress)
    /// A socket that listens already, by its descriptor.
    case inherited(Int32)

    /// As it is told to a person.
    public var description: String {
        switch self {
        case .address(let address): "\(address)"
        case .inherited(let descriptor): "the socket with descriptor \(descriptor)"
        }
    }
}
