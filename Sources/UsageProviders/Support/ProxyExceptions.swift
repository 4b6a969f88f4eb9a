/// The endpoints that are dialled past any proxy, as `NO_PROXY` lists them.
///
/// Entries are separated by commas or blanks: `*` for all; a host name, with or without a dot or `*.` in front, for the
/// host and all below it; an IP address; a range of them such as `10.0.0.0/8`. All but `*` and ranges may end in `:port`.
/// What is none of these is passed over.
struct ProxyExceptions: Hashable, Sendable {
    private enum Rule: Hashable, Sendable {
        case all
        case network(IPAddress, bits: Int)
        case address(IPAddress, port: Int?)
        case name(String, port: Int?)
    }

    private let rules: [Rule]

    init(_ list: String) {
        rules = list.lowercased().split { $0 == "," || $0.isWhitespace }.compactMap(Self.rule)
    }

    /// Whether an endpoint is one of them.
    func cover(_ endpoint: Endpoint) -> Bool {
        let address = IPAddress(endpoint.host)
        return rules.contains { rule in
            switch rule {
            case .all: true
            case .network(let network, let bits): address?.shares(bits: bits, with: network) == true
            case .address(let known, let port):
                known == address && (port ?? endpoint.dialledPort) == endpoint.dialledPort
            case .name(let name, let port):
                address == nil && (endpoint.host == name || endpoint.host.hasSuffix(".\(name)"))
                    && (port ?? endpoint.dialledPort) == endpoint.dialledPort
            }
        }
    }

    private static func rule(_ entry: Substring) -> Rule? {
        if entry == "*" { return .all }
        if let slash = entry.firstIndex(of: "/") {
            return network(entry[..<slash], bits: entry[entry.index(after: slash)...])
        }
        // An IPv6 address may stand there without brackets: none of its colons begins a port.
        if let address = IPAddress(String(entry)) { return .address(address, port: nil) }
        guard let (host, port) = splitPort(entry) else { return nil }
        if let address = IPAddress(host) { return .address(address, port: port) }
        let name = host.hasPrefix("*.") ? host.dropFirst(2) : host.hasPrefix(".") ? host.dropFirst() : host[...]
        let trimmed = name.hasSuffix(".") ? name.dropLast() : name
        return trimmed.isEmpty || trimmed.contains("*") ? nil : .name(String(trimmed), port: port)
    }

    private static func network(_ text: Substring, bits: Substring) -> Rule? {
        guard let address = IPAddress(String(text)), let bits = Int(bits) else { return nil }
        guard (0...(128 - address.prefixOfVersion)).contains(bits) else { return nil }
        return .network(address, bits: address.prefixOfVersion + bits)
    }

    private static func splitPort(_ entry: Substring) -> (host: String, port: Int?)? {
        guard let colon = entry.lastIndex(of: ":"), !entry.hasSuffix("]") else { return (unbracketed(entry), nil) }
        guard let port = Int(entry[entry.index(after: colon)...]), (1...65_535).contains(port) else { return nil }
        return (unbracketed(entry[..<colon]), port)
    }

    private static func unbracketed(_ host: Substring) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host)
    }
}
