import AsyncHTTPClient
import Synchronization

/// The connections to all providers: one client for each way, whoever of the accounts takes it.
public final class HTTPClients: Sendable {
    private struct Way: Hashable {
        let proxy: ProxyServer?
        let authorities: TrustedCertificates?
    }

    private struct State {
        var clients: [Way: HTTPClient] = [:]
        var isShutDown = false
    }

    private let proxies: ProxySettings
    private let state = Mutex(State())

    /// No connections yet.
    public init(proxies: ProxySettings = .none) {
        self.proxies = proxies
    }

    /// The way to an endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: Where it leads; decides about the proxy.
    ///   - certificateAuthorities: Who vouches for the endpoint, in place of those that the system trusts.
    ///   - timeout: The most that a call may take, from connecting to the last byte.
    /// - Returns: The way; calls of it fail once ``shutdown(within:)`` has been called.
    public func transport(
        for endpoint: Endpoint,
        certificateAuthorities: TrustedCertificates? = nil,
        timeout: Duration
    ) -> HTTPTransport {
        let way = Way(proxy: proxies.proxy(for: endpoint), authorities: certificateAuthorities)
        return HTTPTransport(client: client(for: way), timeout: timeout, proxy: way.proxy)
    }

    /// Ends all connections. It waits no longer than a second: one that is still being made would hold up the end for half
    /// a minute.
    public func shutdown(within limit: Duration = .seconds(1)) async {
        let clients = state.withLock { state in
            state.isShutDown = true
            return Array(state.clients.values)
        }
        // Not a group: it would wait for all of its tasks, and a client cannot be told to end sooner.
        let (end, signal) = AsyncStream<Void>.makeStream()
        Task {
            await withTaskGroup(of: Void.self) { group in
                for client in clients { group.addTask { try? await client.shutdown() } }
            }
            signal.finish()
        }
        let bound = Task {
            try? await Task.sleep(for: limit)
            signal.finish()
        }
        for await _ in end {}
        bound.cancel()
    }

    private func client(for way: Way) -> HTTPClient {
        state.withLock { state in
            if let client = state.clients[way] { return client }
            let client = HTTPTransport.makeClient(proxy: way.proxy, certificateAuthorities: way.authorities)
            state.clients[way] = client
            // Nobody would end it later.
            if state.isShutDown { Task { try? await client.shutdown() } }
            return client
        }
    }
}
