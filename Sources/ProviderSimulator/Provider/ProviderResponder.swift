import Hummingbird

/// Sends each request where it belongs: to the provider, or to the control endpoints.
struct ProviderResponder: HTTPResponder {
    private let control: RouterResponder<BasicRequestContext>
    private let isServed: @Sendable (String) -> Bool
    private let provider: @Sendable (Request) async throws -> Response

    /// - Parameters:
    ///   - simulation: The world to play.
    ///   - dialect: How the provider speaks.
    ///   - pause: How time is let pass on purpose.
    ///   - isServed: Whether the provider answers at a path, with a refusal if need be.
    init<Dialect: ProviderDialect>(
        _ simulation: Simulation,
        dialect: Dialect,
        pause: @escaping Pause,
        isServed: @escaping @Sendable (String) -> Bool
    ) {
        let router = Router(context: BasicRequestContext.self)
        ControlRoutes(simulation).add(to: router)
        control = router.buildResponder()
        let endpoint = ProviderEndpoint(simulation, dialect: dialect, pause: pause)
        provider = { try await endpoint.respond(to: $0) }
        self.isServed = isServed
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let path = request.uri.path
        guard !path.hasPrefix("/simulator/"), isServed(path) else {
            return try await control.respond(to: request, context: context)
        }
        return try await provider(request)
    }
}
