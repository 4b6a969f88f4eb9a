import Usage

@testable import UsageProviders

extension ProviderResponse {
    /// An answer with the two headers that tests care about most.
    init(status: Int, date: String? = nil, retryAfter: String? = nil, body: [UInt8]) {
        let headers = [("Date", date), ("Retry-After", retryAfter)].compactMap { name, value in
            value.map { (name: name, value: $0) }
        }
        self.init(status: status, headers: headers, body: body)
    }
}

extension Reading {
    /// The rooms of all days together.
    var rooms: [RoomUsage] { days.flatMap(\.rooms).merged() }
}

extension Result {
    /// Why there is no reading, or no answer.
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

/// A store of refused signatures that forgets with the test.
actor MemoryRefusals: SignatureRefusalStore {
    private(set) var known: [String: SignatureRefusals] = [:]

    func signatureRefusals(of key: String) -> SignatureRefusals { known[key] ?? .none }

    func record(_ refusals: SignatureRefusals, of key: String) { known[key] = refusals }
}

extension AccountSettings {
    /// The settings of an account as tests make them.
    static func sample(
        endpoint: String,
        details: [String: String] = [:],
        keys: [String: Secret],
        transport: any ProviderTransport,
        refusals: any SignatureRefusalStore = MemoryRefusals(),
        uptime: @escaping @Sendable () -> Duration = { .zero }
    ) throws -> AccountSettings {
        AccountSettings(
            endpoint: try Endpoint(endpoint),
            details: details,
            keys: AccountKeys(KeySet(keys)),
            transport: transport,
            refusals: refusals,
            uptime: uptime
        )
    }
}

/// The account has no reader for a source.
struct NoReader: Error {}
