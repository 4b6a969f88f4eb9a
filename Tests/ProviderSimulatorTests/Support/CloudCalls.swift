import HTTPTypes
import Testing

@testable import ProviderSimulator

extension Clouds {
    /// Calls an action of Tencent's, well signed.
    func tencent(
        _ action: String,
        app: String? = "1400000001",
        from: String,
        to: String,
        _ change: (inout TestQuery) -> Void = { _ in }
    ) async throws -> WireReply {
        var query = TestQuery(now: simulation.clock.now)
        query.account = Self.tencent
        query.headers["X-TC-Action"] = action
        let name = action == "DescribeTrtcRoomUsage" ? "SdkAppid" : "SdkAppId"
        let member = app.map { #""\#(name)": \#($0), "# } ?? ""
        query.body = #"{\#(member)"StartTime": "\#(from)", "EndTime": "\#(to)"}"#
        change(&query)
        let (headers, body) = query.signed()
        return try await send(WireCall(headers: headers, body: body), to: .tencent)
    }

    /// Asks Huawei for usage, well signed.
    func huaweiUsage(
        app: String = "5fa6000000000000000000a1",
        from: String,
        to: String,
        _ change: (inout HuaweiRequest) -> Void = { _ in }
    ) async throws -> WireReply {
        var request = HuaweiRequest(now: simulation.clock.now)
        request.query = [
            ("app", app), ("metric", "CommunicationDuration"), ("start_date", from), ("end_date", to),
        ]
        change(&request)
        return try await send(request.signed(), to: .huawei)
    }

    /// Asks Huawei's identity service for a token.
    func token(password: String = "huawei-password", project: String = "cn-north-4") async throws -> WireReply {
        let user = #"{"name": "reader", "password": "\#(password)", "domain": {"name": "clinic"}}"#
        let body = #"""
            {"auth": {"identity": {"methods": ["password"], "password": {"user": \#(user)}},
             "scope": {"project": {"name": "\#(project)"}}}}
            """#
        return try await send(WireCall(target: "/v3/auth/tokens?nocatalog=true", body: body), to: .huaweiIAM)
    }

    /// Calls an action of Volcengine's, well signed.
    func volcengine(
        _ action: String = "ListUsages",
        _ body: String,
        _ change: (inout VolcengineRequest) -> Void = { _ in }
    ) async throws -> WireReply {
        var request = VolcengineRequest(now: simulation.clock.now, action: action, body: body)
        change(&request)
        return try await send(request.signed(), to: .volcengine)
    }

    /// Asks Volcengine for usage, well signed.
    func volcengineUsage(
        app: String = "661e000000000000000000b1",
        from: String,
        to: String,
        _ change: (inout VolcengineRequest) -> Void = { _ in }
    ) async throws -> WireReply {
        let body = #"{"AppId": "\#(app)", "StartTime": "\#(from)", "EndTime": "\#(to)"}"#
        return try await volcengine("ListUsages", body, change)
    }
}

/// A request to Huawei, signed with the simulator's own signature, which the vectors of the provider's SDK prove.
struct HuaweiRequest {
    var account = Clouds.huawei
    var method = HTTPRequest.Method.get
    var path: String
    var query: [(String, String)] = []
    var headers: HTTPFields = [:]
    /// Unix milliseconds.
    var time: Int
    var isSigned = true
    /// Changes made after signing.
    var tamper: (inout WireCall) -> Void = { _ in }

    init(now: Int) {
        time = now
        path = "/v1/\(Clouds.huawei.projectID)/rtc/history/usage"
        headers["X-Project-Id"] = Clouds.huawei.projectID
    }

    func signed() -> WireCall {
        let pairs = query.map { "\(PercentEncoding.encoded($0.0))=\(PercentEncoding.encoded($0.1))" }
        let target = path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
        var headers = headers
        if isSigned {
            let date = HTTPDate.compact(time)
            headers["X-Sdk-Date"] = date
            headers["X-Security-Token"] = account.token
            let names = ["host", "x-sdk-date"]
            let unsigned =
                "SDK-HMAC-SHA256 Access=\(account.secretID), SignedHeaders=\(names.joined(separator: ";")), Signature="
            let head = HTTPRequest(
                method: method,
                scheme: nil,
                authority: "localhost",
                path: target,
                headerFields: headers
            )
            let call = ReceivedCall(head: head, body: [])
            let signature = SDKAuthorization(unsigned).flatMap {
                SDKSignature.expected(for: call, $0, secretKey: account.secretKey, date: date)
            }
            headers[.authorization] = unsigned + (signature ?? "none")
        }
        var wire = WireCall(method: method, target: target, headers: headers)
        tamper(&wire)
        return wire
    }
}

/// A request to Volcengine, signed with the simulator's own signature, which the vectors of the provider's SDK prove.
struct VolcengineRequest {
    var account = Clouds.volcengine
    var method = HTTPRequest.Method.post
    var target: String
    var body: String
    var region = "cn-north-1"
    var service = "rtc"
    /// Unix milliseconds.
    var time: Int
    /// Changes made after signing.
    var tamper: (inout WireCall) -> Void = { _ in }

    init(now: Int, action: String, body: String) {
        time = now
        target = "/?Action=\(action)&Version=2023-11-01"
        self.body = body
    }

    func signed() -> WireCall {
        let date = HTTPDate.compact(time)
        var headers: HTTPFields = [.contentType: "application/json"]
        headers["X-Date"] = date
        headers["X-Content-Sha256"] = Digest.sha256(Array(body.utf8))
        headers["X-Security-Token"] = account.token
        let names =
            ["content-type", "host", "x-content-sha256", "x-date"] + (account.token == nil ? [] : ["x-security-token"])
        let unsigned =
            "HMAC-SHA256 Credential=\(account.secretID)/\(date.prefix(8))/\(region)/\(service)/request, "
            + "SignedHeaders=\(names.joined(separator: ";")), Signature="
        let head = HTTPRequest(
            method: method,
            scheme: nil,
            authority: "localhost",
            path: target,
            headerFields: headers
        )
        let call = ReceivedCall(head: head, body: Array(body.utf8))
        let signature = VolcengineAuthorization(unsigned).flatMap {
            VolcengineSignature.expected(for: call, $0, secretKey: account.secretKey, date: date)
        }
        headers[.authorization] = unsigned + (signature ?? "none")
        var wire = WireCall(method: method, target: target, headers: headers, body: body)
        tamper(&wire)
        return wire
    }
}

extension WireReply {
    /// The rows of DescribeTrtcUsage by TimeKey, in seconds; repeated ones are added up.
    var trtcRows: [String: TierSeconds] {
        let keys = self["Response", "UsageKey"]?.elements?.compactMap(\.string) ?? []
        let rows = self["Response", "UsageList"]?.elements ?? []
        return rows.reduce(into: [:]) { sums, row in
            let values = row.members?["UsageValue"]?.elements?.compactMap(\.double) ?? []
            let figures = Dictionary(zip(keys, values.map { Int(($0 * 60).rounded()) })) { first, _ in first }
            sums[row.members?["TimeKey"]?.string ?? "", default: .zero] += TierSeconds(
                audio: figures["Audio"] ?? 0,
                sd: figures["SD"] ?? 0,
                hd: figures["HD"] ?? 0,
                fhd: figures["FullHD"] ?? 0,
                twoK: figures["2K"] ?? 0,
                fourK: figures["4K"] ?? 0
            )
        }
    }

    /// The rows of DescribeTrtcInteractiveTime by TimeKey, over all entries.
    var interactiveRows: [String: TierSeconds] {
        let entries = self["Response", "Usages"]?.elements ?? []
        let rows = entries.flatMap { $0.members?["SdkAppIdTrtcTimeUsages"]?.elements ?? [] }
        return Self.sums(rows, label: "TimeKey") { figure in
            TierSeconds(
                audio: figure("AudioTime"),
                sd: figure("VideoTimeSd"),
                hd: figure("VideoTimeHd"),
                fhd: figure("VideoTimeHdp"),
                mixed: figure("AudioVideoTime")
            )
        }
    }

    /// The rows of Huawei's usage query by date.
    var huaweiRows: [String: TierSeconds] {
        Self.sums(self["usage"]?.elements ?? [], label: "date") { figure in
            TierSeconds(
                audio: figure("audio"),
                sd: figure("video_sd"),
                hd: figure("video_hd"),
                fhd: figure("video_hdp")
            )
        }
    }

    /// The rows of ListUsages by date, in seconds.
    var volcengineRows: [String: TierSeconds] {
        let rows = Self.sums(self["Result", "Usages"]?.elements ?? [], label: "TimeStamp") { figure in
            TierSeconds(
                audio: figure("Audio") * 60,
                sd: figure("VideoSDM") * 60,
                hd: figure("VideoSD") * 60,
                fhd: figure("VideoHD") * 60
            )
        }
        return Dictionary(rows.map { (String($0.key.prefix(10)), $0.value) }, uniquingKeysWith: +)
    }

    private static func sums(
        _ rows: [JSONValue],
        label: String,
        _ make: ((String) -> Int) -> TierSeconds
    ) -> [String: TierSeconds] {
        rows.reduce(into: [:]) { sums, row in
            let usage = make { Int((row.members?[$0]?.double ?? 0).rounded()) }
            sums[row.members?[label]?.string ?? "", default: .zero] += usage
        }
    }

    /// The provider's error code, whosever it is.
    var code: String? {
        (self["Response", "Error", "Code"] ?? self["error_code"] ?? self["ResponseMetadata", "Error", "Code"])?.string
    }
}
