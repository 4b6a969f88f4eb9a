import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ProviderSimulator

/// All providers on a Wednesday afternoon, with small apps and time that stands still unless a test turns it.
struct Clouds: Sendable {
    /// 2026-03-04 15:00 at +08:00.
    static let now = World.now
    static let tencent = SimulatedAccount(
        secretID: "AKIDclouds",
        secretKey: "tencent-secret",
        apps: [
            SimulatedApp(id: 1_400_000_001, name: "Busy", rooms: 24, largestRoom: 40, media: .broadcast),
            SimulatedApp(id: 1_400_000_002, name: "Old", rooms: 8, largestRoom: 9, media: .meeting, isLegacy: true),
            SimulatedApp(id: 1_400_000_003, name: "Idle", rooms: 0, largestRoom: 0, media: .voice),
        ]
    )
    static let huawei = SimulatedAccount(
        provider: .huawei,
        secretID: "HWAK0001",
        secretKey: "huawei-secret",
        projectID: "0123456789abcdef0123456789abcdef",
        user: SimulatedUser(domain: "clinic", name: "reader", password: "huawei-password", project: "cn-north-4"),
        apps: [
            SimulatedApp(id: "5fa6000000000000000000a1", name: "Clinic", rooms: 20, largestRoom: 12, media: .meeting),
            SimulatedApp(id: "5fa6000000000000000000a2", name: "Idle", rooms: 0, largestRoom: 0, media: .voice),
            SimulatedApp(id: "5fa6000000000000000000a3", name: "Counter", rooms: 9, largestRoom: 5, media: .voice),
        ]
    )
    static let volcengine = SimulatedAccount(
        provider: .volcengine,
        secretID: "AKLTclouds",
        secretKey: "volcengine-secret",
        apps: [
            SimulatedApp(
                id: "661e000000000000000000b1",
                name: "Lessons",
                rooms: 20,
                largestRoom: 30,
                media: .classroom
            ),
            SimulatedApp(id: "661e000000000000000000b2", name: "Idle", rooms: 0, largestRoom: 0, media: .voice),
            SimulatedApp(id: "661e000000000000000000b3", name: "Songs", rooms: 9, largestRoom: 5, media: .voice),
        ]
    )
    static let stranger = SimulatedAccount(
        provider: .volcengine,
        secretID: "AKLTstranger",
        secretKey: "stranger-secret",
        token: "stranger-token",
        apps: [SimulatedApp(id: "661e000000000000000000c1", name: "Other", rooms: 3, largestRoom: 2, media: .voice)]
    )
    static let guest = SimulatedAccount(
        provider: .huawei,
        secretID: "HWAK0002",
        secretKey: "guest-secret",
        token: "guest-token",
        projectID: "fedcba9876543210fedcba9876543210",
        apps: [SimulatedApp(id: "5fa6000000000000000000d1", name: "Guest", rooms: 3, largestRoom: 2, media: .voice)]
    )

    let dial: Dial
    let simulation: Simulation
    private let responders: [SimulatedHost: ProviderResponder]

    init(now: Int = Clouds.now, _ change: (inout SimulatorConfiguration) -> Void = { _ in }) {
        var configuration = SimulatorConfiguration(
            accounts: [Self.tencent, Self.huawei, Self.volcengine, Self.stranger, Self.guest],
            seed: 7
        )
        change(&configuration)
        dial = Dial(now)
        let simulation = Simulation(configuration: configuration, clock: dial.clock)
        self.simulation = simulation
        responders = [SimulatedHost.tencent, .huawei, .huaweiIAM, .volcengine].reduce(into: [:]) { responders, host in
            responders[host] = host.responder(simulation) { _ in }
        }
    }

    /// Makes a call without a network, to a provider that remembers earlier ones.
    func send(_ call: WireCall, to host: SimulatedHost) async throws -> WireReply {
        let responder = try #require(responders[host])
        return try await Application(responder: responder).test(.router) { client in
            let body = ByteBuffer(string: call.body)
            return try await client.execute(uri: call.target, method: call.method, headers: call.headers, body: body) {
                WireReply(status: $0.status.code, headers: $0.headers, body: Array($0.body.readableBytesView))
            }
        }
    }

    func claimed(_ source: SimulatedSource, _ app: String, _ date: String) throws -> TierSeconds? {
        let day = try #require(SimulatedDay(date)).number
        return simulation.truth.claimed(source, app: app, day: day, now: simulation.clock.now)
    }

    /// What a source claims about each listed day of a range of dates.
    func claims(_ source: SimulatedSource, _ app: String, _ from: String, _ to: String) throws -> [String: TierSeconds]
    {
        let days = try #require(SimulatedDay(from)).number...(try #require(SimulatedDay(to)).number)
        let now = simulation.clock.now
        let pairs = days.compactMap { day in
            simulation.truth.claimed(source, app: app, day: day, now: now)
                .map { (SimulatedDay(number: day).description, $0) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}

/// A request as it goes over the wire.
struct WireCall: Sendable {
    var method = HTTPRequest.Method.post
    var target = "/"
    var headers: HTTPFields = [:]
    var body = ""
}

/// An answer, and its JSON.
struct WireReply: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue? { JSONValue(Array(text.utf8)) }

    /// The value at a path of member names.
    subscript(path: String...) -> JSONValue? {
        path.reduce(json) { $0?.members?[$1] }
    }
}

extension JSONValue {
    var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// Any number.
    var double: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }
}
