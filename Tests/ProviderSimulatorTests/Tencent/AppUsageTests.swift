import Testing

@testable import ProviderSimulator

@Suite("Tencent's app usage")
struct AppUsageTests {
    private static let busy = "1400000001"

    @Test("Days are told in minutes, in the order of the keys, and are what is claimed")
    func days() async throws {
        let clouds = Clouds()
        let reply = try await clouds.tencent("DescribeTrtcUsage", from: "2026-02-20", to: "2026-03-04")
        let claims = try clouds.claims(.trtcUsage, Self.busy, "2026-02-20", "2026-03-04")
        #expect(claims.count == 13)
        #expect(reply.trtcRows == Dictionary(uniqueKeysWithValues: claims.map { ("\($0) 00:00:00", $1) }))
        let row = try #require(reply["Response", "UsageList"]?.elements?.first?.members)
        let day = try #require(row["TimeKey"]?.string.flatMap { SimulatedDay(String($0.prefix(10))) })
        #expect(row["TimeStampKey"]?.integer == day.start / 1_000)
        #expect(try #require(claims["2026-03-03"]) != .zero)
    }

    @Test("A settled day is the sum of its rooms; the running one ends with the last whole five minutes")
    func sums() async throws {
        let clouds = Clouds()
        let truth = clouds.simulation.truth
        let settled = try #require(SimulatedDay("2026-03-01"))
        #expect(
            try clouds.claimed(.trtcUsage, Self.busy, "2026-03-01") == truth.finalTotal(app: Self.busy, day: settled)
        )
        #expect(
            try clouds.claimed(.roomUsage, Self.busy, "2026-03-01") == truth.finalTotal(app: Self.busy, day: settled)
        )
        let today = try #require(SimulatedDay("2026-03-04"))
        let horizon = truth.horizon(app: Self.busy, now: Clouds.now) / 300_000 * 300_000
        let expected = truth.visibleTotal(app: Self.busy, from: today.start, to: horizon, now: Clouds.now)
        #expect(try clouds.claimed(.trtcUsage, Self.busy, "2026-03-04") == expected)
    }

    @Test("One day comes in five minute rows that add up to it", arguments: ["2026-03-03", "2026-03-04"])
    func fine(_ day: String) async throws {
        let clouds = Clouds()
        let reply = try await clouds.tencent("DescribeTrtcUsage", from: day, to: day)
        #expect(try reply.trtcRows.values.reduce(.zero, +) == clouds.claimed(.trtcUsage, Self.busy, day))
        #expect(reply.trtcRows.keys.allSatisfy { $0.hasPrefix(day) && "05".contains($0.dropLast(3).suffix(1)) })
        #expect(reply.trtcRows.values.allSatisfy { $0 != .zero })
        let interactive = try await clouds.tencent("DescribeTrtcInteractiveTime", from: day, to: day)
        #expect(
            try interactive.interactiveRows.values.reduce(.zero, +)
                == clouds.claimed(.interactiveTime, Self.busy, day)
        )
        #expect(Set(interactive.interactiveRows.keys) == Set(reply.trtcRows.keys))
    }

    @Test("Rows may be labelled with their end, the last one with the next day")
    func labels() async throws {
        let clouds = Clouds {
            $0.fiveMinuteLabels = .end
            $0.zeroRows = true
            $0.shuffled = false
        }
        let reply = try await clouds.tencent("DescribeTrtcUsage", from: "2026-03-02", to: "2026-03-02")
        let rows = try #require(reply["Response", "UsageList"]?.elements)
        #expect(rows.count == 288)
        #expect(rows.first?.members?["TimeKey"]?.string == "2026-03-02 00:05:00")
        #expect(rows.last?.members?["TimeKey"]?.string == "2026-03-03 00:00:00")
        #expect(
            reply["Response", "UsageKey"]?.elements?.compactMap(\.string) == [
                "Audio", "SD", "HD", "FullHD", "2K", "4K",
            ]
        )
    }

    @Test("Unless told otherwise keys and rows come in another order, the same one each time")
    func order() async throws {
        let replies = [
            try await Clouds().tencent("DescribeTrtcUsage", from: "2026-02-20", to: "2026-03-03"),
            try await Clouds().tencent("DescribeTrtcUsage", from: "2026-02-20", to: "2026-03-03"),
        ]
        let keys = replies.map { reply in
            reply["Response", "UsageList"]?.elements?.compactMap { $0.members?["TimeKey"]?.string } ?? []
        }
        #expect(keys[0] == keys[1])
        #expect(keys[0] != keys[0].sorted())
        #expect(replies[0]["Response", "UsageKey"] == replies[1]["Response", "UsageKey"])
    }

    @Test("The older action tells seconds in fewer tiers, 2K and 4K as full high definition")
    func interactive() async throws {
        let clouds = Clouds()
        let reply = try await clouds.tencent("DescribeTrtcInteractiveTime", from: "2026-03-01", to: "2026-03-04")
        let claims = try clouds.claims(.interactiveTime, Self.busy, "2026-03-01", "2026-03-04")
        #expect(reply.interactiveRows == claims)
        let new = try #require(try clouds.claimed(.trtcUsage, Self.busy, "2026-03-02"))
        let old = try #require(claims["2026-03-02"])
        #expect(new.twoK > 0 && new.fourK > 0)
        #expect(old.fhd == new.fhd + new.twoK + new.fourK && old.sum == new.sum)
        #expect(reply["Response", "Usages"]?.elements?.first?.members?["SdkAppId"] == .string(Self.busy))
    }

    @Test("An app from the time before tiers has everything in one figure")
    func legacy() async throws {
        let clouds = Clouds()
        let app = "1400000002"
        let reply = try await clouds.tencent(
            "DescribeTrtcInteractiveTime",
            app: app,
            from: "2026-03-01",
            to: "2026-03-02"
        )
        #expect(try reply.interactiveRows == clouds.claims(.interactiveTime, app, "2026-03-01", "2026-03-02"))
        #expect(reply.interactiveRows.values.allSatisfy { $0.mixed == $0.sum && $0.mixed > 0 })
        let plain = try #require(try clouds.claimed(.trtcUsage, app, "2026-03-01"))
        #expect(plain.mixed == 0 && plain.sum == reply.interactiveRows["2026-03-01"]?.mixed)
    }

    @Test("The id may be a number and the rows may be spread over several entries")
    func forms() async throws {
        let clouds = Clouds {
            $0.interactiveAppID = .number
            $0.interactiveEntries = 3
        }
        let reply = try await clouds.tencent("DescribeTrtcInteractiveTime", from: "2026-02-24", to: "2026-03-04")
        let entries = try #require(reply["Response", "Usages"]?.elements)
        #expect(entries.map { $0.members?["TotalNum"]?.integer } == [3, 3, 3])
        #expect(entries.allSatisfy { $0.members?["SdkAppId"]?.integer == 1_400_000_001 })
        #expect(try reply.interactiveRows == clouds.claims(.interactiveTime, Self.busy, "2026-02-24", "2026-03-04"))
    }

    @Test(
        "Without an app there is the sum of the account's apps",
        arguments: ["DescribeTrtcUsage", "DescribeTrtcInteractiveTime"]
    )
    func total(_ action: String) async throws {
        let clouds = Clouds()
        let reply = try await clouds.tencent(action, app: nil, from: "2026-03-01", to: "2026-03-02")
        let isNew = action == "DescribeTrtcUsage"
        let source = isNew ? SimulatedSource.trtcUsage : .interactiveTime
        let claims = try Clouds.tencent.apps.compactMap { try clouds.claimed(source, $0.id, "2026-03-01") }
        let rows = isNew ? reply.trtcRows : reply.interactiveRows
        #expect(rows[isNew ? "2026-03-01 00:00:00" : "2026-03-01"] == claims.reduce(.zero, +))
    }

    @Test("Days without usage, and those to come, are left out unless zeros are wanted")
    func quiet() async throws {
        let idle = try await Clouds().tencent(
            "DescribeTrtcUsage",
            app: "1400000003",
            from: "2026-03-01",
            to: "2026-03-02"
        )
        #expect(idle["Response", "UsageList"]?.elements?.isEmpty == true)
        let future = try await Clouds().tencent("DescribeTrtcUsage", from: "2026-03-05", to: "2026-03-06")
        #expect(future["Response", "UsageList"]?.elements?.isEmpty == true)
        let clouds = Clouds { $0.zeroRows = true }
        let zeros = try await clouds.tencent(
            "DescribeTrtcUsage",
            app: "1400000003",
            from: "2026-03-03",
            to: "2026-03-05"
        )
        #expect(zeros.trtcRows == ["2026-03-03 00:00:00": .zero, "2026-03-04 00:00:00": .zero])
        #expect(try clouds.claimed(.trtcUsage, "1400000003", "2026-03-05") == nil)
    }

    @Test("Each mistake has its code", arguments: ["DescribeTrtcUsage", "DescribeTrtcInteractiveTime"])
    func refusals(_ action: String) async throws {
        let mistakes: [(String?, String, String, String)] = [
            ("1400000001", "2026-02-01", "2026-03-04", "InvalidParameter.QueryScaleOversize"),
            ("1400000001", "2026-03-04", "2026-03-03", "InvalidParameter"),
            ("1400000001", "2026-03-04 00:00", "2026-03-04", "InvalidParameter"),
            ("77", "2026-03-04", "2026-03-04", "InvalidParameter.SdkAppId"),
            (#""1400000001""#, "2026-03-04", "2026-03-04", "InvalidParameter"),
        ]
        for (app, from, to, code) in mistakes {
            let reply = try await Clouds().tencent(action, app: app, from: from, to: to)
            #expect(reply.code == code)
        }
        let small = try await Clouds().tencent(action, from: "2026-03-04", to: "2026-03-04") {
            $0.body = #"{"SdkAppid": 1400000001, "StartTime": "2026-03-04", "EndTime": "2026-03-04"}"#
        }
        #expect(small.code == "UnknownParameter")
        let longest = try await Clouds().tencent(action, from: "2026-02-02", to: "2026-03-04")
        #expect(longest.code == nil)
    }

    @Test("A retired action says so, the newer one does not", arguments: [RetiredAnswer.invalidAction, .actionOffline])
    func retired(_ answer: RetiredAnswer) async throws {
        let clouds = Clouds { $0.interactiveRetired = answer }
        let old = try await clouds.tencent("DescribeTrtcInteractiveTime", from: "2026-03-04", to: "2026-03-04")
        #expect(old.code == answer.rawValue)
        let new = try await clouds.tencent("DescribeTrtcUsage", from: "2026-03-04", to: "2026-03-04")
        #expect(new.code == nil)
    }

    @Test(
        "Each action has a limit of its own, in any second",
        arguments: [("DescribeTrtcUsage", 5), ("DescribeTrtcInteractiveTime", 20)]
    )
    func limits(_ action: String, _ calls: Int) async throws {
        let clouds = Clouds()
        func codes(_ count: Int, after wait: Int) async throws -> [String?] {
            clouds.dial.pass(.milliseconds(wait))
            var codes: [String?] = []
            for _ in 0..<count {
                codes.append(try await clouds.tencent(action, from: "2026-03-04", to: "2026-03-04").code)
            }
            return codes
        }
        let early = "RequestLimitExceeded"
        #expect(try await codes(1, after: 0) == [nil])
        #expect(try await codes(calls, after: 600) == Array(repeating: nil, count: calls - 1) + [early])
        let other = action == "DescribeTrtcUsage" ? "DescribeTrtcInteractiveTime" : "DescribeTrtcUsage"
        #expect(try await clouds.tencent(other, from: "2026-03-04", to: "2026-03-04").code == nil)
        #expect(try await codes(1, after: 399) == [early])
        #expect(try await codes(2, after: 1) == [nil, early])
        #expect(try await codes(1, after: 599) == [early])
        #expect(try await codes(calls, after: 1) == Array(repeating: nil, count: calls - 1) + [early])
    }
}
