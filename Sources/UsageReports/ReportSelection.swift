public import ExporterMetrics
public import Usage

/// What a report is about.
public struct ReportSelection: Hashable, Sendable {
    /// Of which provider alone; `nil` for all.
    public var provider: Provider?
    /// Of which app alone; `nil` for all.
    public var app: String?
    /// Of which tier alone; `nil` for all.
    public var tier: Tier?
    /// Of which room instead of the whole app; `nil` for the app.
    public var room: RoomID?
    /// Of which time.
    public var range: ReportRange
    /// How it is divided.
    public var step: ReportStep

    /// What a report is about; by default everything, by days.
    public init(
        provider: Provider? = nil,
        app: String? = nil,
        tier: Tier? = nil,
        room: RoomID? = nil,
        range: ReportRange = ReportRange(),
        step: ReportStep = .day
    ) {
        self.provider = provider
        self.app = app
        self.tier = tier
        self.room = room
        self.range = range
        self.step = step
    }

    /// The apps that it is about, by provider and id.
    ///
    /// - Throws: ``ReportProblem`` when what is asked for cannot be had: a provider or an app that is not configured, a room
    ///   without its app or by five minutes, a range that ends before it begins.
    public func apps(among known: ReportedApps) throws(ReportProblem) -> [PolledApp] {
        if let provider, !known.providers.contains(provider) { throw .unknownProvider(provider.rawValue) }
        let apps = known.apps.filter { candidate in
            (provider == nil || candidate.key.provider == provider)
                && (app.map { candidate.key.app.hasSameBytes(as: $0) } ?? true)
        }
        if let app, apps.isEmpty { throw .unknownApp(app) }
        if room != nil {
            if app == nil { throw .roomWithoutApp }
            if step == .fiveMinutes { throw .roomByFiveMinutes }
        }
        if range.isReversed { throw .reversedRange }
        return apps
    }

    /// The tiers of a source that it is about, in one order for all sources.
    func tiers(of sources: [UsageSource]) -> [Tier] {
        let told = Set(sources.flatMap(\.tiers))
        return Tier.allCases.filter { told.contains($0) && (tier == nil || tier == $0) }
    }
}
