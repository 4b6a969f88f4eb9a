import HTTPTypes
import Testing

@testable import ProviderSimulator

/// One fault at one source.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let kind: FaultKind
    let source: SimulatedSource

    var testDescription: String { "\(kind.rawValue) at \(source.rawValue)" }

    static let all = SimulatedSource.allCases.flatMap { source in
        FaultKind.allCases.map { FaultCase(kind: $0, source: source) }
    }
    static let applying = all.filter { $0.kind.applies(to: $0.source) }
    static let good = applying.filter { $0.kind.keepsFigures(for: $0.source) && $0.source != .roomUsage }
}

@Suite("Every fault at every source")
struct FaultTableTests {
    @Test("It strikes once, leaves its name in the log, and looks like its outcome", arguments: FaultCase.applying)
    func struck(_ fault: FaultCase) async throws {
        let clouds = Clouds()
        clouds.simulation.faults.add(SimulatedFault(fault.kind, api: fault.source.api, count: 1))
        let reply = try? await clouds.usage(of: fault.source)
        #expect(clouds.simulation.calls.all.map(\.fault) == [fault.kind.rawValue])
        #expect(clouds.simulation.calls.all.map(\.api) == [fault.source.api])
        #expect(clouds.simulation.faults.active.isEmpty)
        #expect(reply?.looksLike(fault.kind.expectedOutcome(for: fault.source), fault.kind) ?? true)
    }

    @Test(
        "One that does not apply spares the call",
        arguments: FaultCase.all.filter { !$0.kind.applies(to: $0.source) }
    )
    func spared(_ fault: FaultCase) async throws {
        let clouds = Clouds()
        clouds.simulation.faults.add(SimulatedFault(fault.kind))
        let reply = try await clouds.usage(of: fault.source)
        #expect(clouds.simulation.calls.all.map(\.outcome) == ["ok"])
        #expect(reply.looksLike("ok", fault.kind))
        #expect(fault.kind.expectedOutcome(for: fault.source) == "ok")
    }

    @Test("Figures that stay right can be read by who knows what to look for", arguments: FaultCase.good)
    func figures(_ fault: FaultCase) async throws {
        let clouds = Clouds { $0.shuffled = false }
        clouds.simulation.faults.add(SimulatedFault(fault.kind))
        let reply = try await clouds.usage(of: fault.source)
        let app = try #require(Clouds.app(of: fault.source))
        let claims = try clouds.claims(fault.source, app, "2026-03-01", "2026-03-03")
        // Invalid bytes make the text no JSON; a client repairs them.
        var rows = reply.rows(of: fault.source).filter { (claims[$0.key] != nil) }
        if fault.kind == .duplicateDays { rows["2026-03-03"] = rows["2026-03-03"]?.map { $0 / 2 } }
        #expect(rows == claims)
    }

    @Test("A fault for one API spares the others, and can be switched off for it")
    func limited() async throws {
        let clouds = Clouds()
        clouds.simulation.faults.add(SimulatedFault(.internalError, api: .listUsages))
        #expect(try await clouds.usage(of: .historyUsage).status == 200)
        #expect(try await clouds.usage(of: .listUsages).status == 500)
        clouds.simulation.faults.remove(api: .historyUsage)
        #expect(clouds.simulation.faults.active.count == 1)
        clouds.simulation.faults.remove(api: .listUsages)
        #expect(clouds.simulation.faults.active.isEmpty)
    }

    @Test("Rows of other days, another total, an error beside a result, a row twice: each is there")
    func shapes() async throws {
        let outside = try await Clouds().usage(of: .historyUsage, with: .rowsOutsideWindow)
        #expect(
            outside.huaweiRows.keys.sorted() == ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]
        )
        let total = try await Clouds().usage(of: .historyUsage, with: .totalsDiffer)
        for row in total["usage"]?.elements ?? [] {
            let parts = ["video_sd", "video_hd", "video_hdp", "audio"].compactMap { row.members?[$0]?.integer }
            #expect(row.members?["total_duration"]?.integer == parts.reduce(7, +))
        }
        let error = try await Clouds().usage(of: .listUsages, with: .errorIn200)
        #expect(error.status == 200 && error.code == "InternalError" && error.volcengineRows.count == 3)
        let twice = try await Clouds().usage(of: .trtcUsage, with: .duplicateDays)
        #expect(twice["Response", "UsageList"]?.elements?.count == 4)
        let less = try await Clouds().usage(of: .listUsages, with: .missingFields)
        #expect(less["Result", "Usages"]?.elements?.count { $0.members?["VideoHD"] == nil } == 1)
        let unknown = try await Clouds().usage(of: .trtcUsage, with: .unknownFields)
        #expect(unknown["Unheard"] != nil && unknown["Response", "Unheard"] != nil)
        let wrong = try await Clouds().usage(of: .interactiveTime, with: .wrongType)
        #expect(wrong.text.contains(#"{"value":60}"#))
    }

    @Test("Every oversized answer is well-formed", arguments: SimulatedSource.allCases)
    func oversized(_ source: SimulatedSource) async throws {
        let reply = try await Clouds().usage(of: source, with: .oversized)
        #expect(reply.body.count > 60_000_000)
        #expect(reply.body.suffix(2).elementsEqual(#""}"#.utf8))
    }
}

extension Clouds {
    static func app(of source: SimulatedSource) -> String? {
        let accounts: [SimulatedProvider: SimulatedAccount] = [
            .tencent: tencent, .huawei: huawei, .volcengine: volcengine,
        ]
        return accounts[source.provider]?.apps.first?.id
    }

    /// What a source says about three days, after a fault was switched on.
    fileprivate func usage(of source: SimulatedSource, with kind: FaultKind) async throws -> WireReply {
        simulation.faults.add(SimulatedFault(kind))
        return try await usage(of: source)
    }

    /// What a source says about three days, or one day of rooms.
    fileprivate func usage(of source: SimulatedSource) async throws -> WireReply {
        switch source {
        case .roomUsage:
            try await tencent("DescribeTrtcRoomUsage", from: "2026-03-03 00:00", to: "2026-03-04 00:00")
        case .trtcUsage: try await tencent("DescribeTrtcUsage", from: "2026-03-01", to: "2026-03-03")
        case .interactiveTime: try await tencent("DescribeTrtcInteractiveTime", from: "2026-03-01", to: "2026-03-03")
        case .historyUsage: try await huaweiUsage(from: "2026-03-01", to: "2026-03-03")
        case .listUsages:
            try await volcengineUsage(from: "2026-03-01T00:00:00+08:00", to: "2026-03-04T00:00:00+08:00")
        }
    }
}

extension WireReply {
    fileprivate func rows(of source: SimulatedSource) -> [String: TierSeconds] {
        switch source {
        case .roomUsage: [:]
        case .trtcUsage:
            Dictionary(trtcRows.map { (String($0.key.prefix(10)), $0.value) }, uniquingKeysWith: +)
        case .interactiveTime: interactiveRows
        case .historyUsage: huaweiRows
        case .listUsages: volcengineRows
        }
    }

    /// Whether status and body are such that a client can tell the outcome.
    fileprivate func looksLike(_ outcome: String, _ kind: FaultKind) -> Bool {
        switch outcome {
        case "ok": return status == 200 && code == nil && json != nil
        case "malformed": return status == 200 && code == nil
        case "throttled": return status == 429 || code?.hasPrefix("RequestLimitExceeded") == true
        case "unauthorized":
            return [401, 403].contains(status) || code == "InvalidTimestamp" || code?.hasPrefix("AuthFailure") == true
        case "rejected": return code.map { !$0.isEmpty } ?? (status == 302)
        case "unavailable": return status >= 500 || code?.hasPrefix("InternalError") == true
        // Without a network a connection that is cut looks like a server that failed.
        default: return kind == .hang ? status != 200 : status == 200
        }
    }
}
