import Synchronization

@testable import UsageProviders

/// A way to the provider that needs no network: it answers what it was told and remembers what it was asked.
final class CannedTransport: ProviderTransport {
    private let answer: Result<ProviderResponse, TransportFailure>
    private let sent = Mutex<[ProviderRequest]>([])

    init(_ answer: Result<ProviderResponse, TransportFailure>) {
        self.answer = answer
    }

    convenience init(status: Int = 200, retryAfter: String? = nil, date: String? = nil, _ body: String) {
        self.init(
            .success(ProviderResponse(status: status, date: date, retryAfter: retryAfter, body: Array(body.utf8)))
        )
    }

    var requests: [ProviderRequest] { sent.withLock { $0 } }

    func send(_ request: ProviderRequest) async throws(TransportFailure) -> ProviderResponse {
        sent.withLock { $0.append(request) }
        return try answer.get()
    }
}

extension ProviderRequest {
    /// The values of a header, of which there should be one.
    func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}
