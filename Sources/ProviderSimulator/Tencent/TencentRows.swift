/// The rows of DescribeTrtcUsage and DescribeTrtcInteractiveTime.
struct TencentRows {
    let source: SimulatedSource
    let query: DateQuery
    let apps: [SimulatedApp]
    let fault: FaultKind?
    let configuration: SimulatorConfiguration
    let truth: UsageTruth

    /// The members of a DescribeTrtcUsage answer: the order of the figures, and rows of bare figures in that order.
    func usage(now: Int) -> [JSONNode.Member] {
        let names = ["Audio", "SD", "HD", "FullHD", "2K", "4K"]
        let order = shuffled(Array(names.indices))
        let list = rows(now: now).map { row -> JSONNode in
            let values = order.filter { $0 < row.figures.count }.map { row.figures[$0].value }
            return .object(row.labels + [JSONNode.Member("UsageValue", .array(values))])
        }
        return [
            JSONNode.Member("UsageKey", .array(order.map { .string(names[$0]) })),
            JSONNode.Member("UsageList", fault == .nullData ? .null : .array(list)),
        ]
    }

    /// The members of a DescribeTrtcInteractiveTime answer: entries of an app, each with some of the rows.
    func interactive(now: Int) -> [JSONNode.Member] {
        if fault == .nullData { return [JSONNode.Member("Usages", .null)] }
        let rows = rows(now: now).map(\.object)
        let count = max(configuration.interactiveEntries, 1)
        let entries = (0..<count).map { entry -> JSONNode in
            let own = rows.enumerated().filter { $0.offset % count == entry }.map(\.element)
            return .members([
                "SdkAppId": appID, "TotalNum": .number(own.count), "SdkAppIdTrtcTimeUsages": .array(own),
            ])
        }
        return [JSONNode.Member("Usages", .array(entries))]
    }

    private var appID: JSONNode {
        guard let app = query.app else { return .string("total") }
        return configuration.interactiveAppID == .number ? .literal(app) : .string(app)
    }

    /// The rows as the fault has them, in the order in which they are sent.
    private func rows(now: Int) -> [FigureRow] {
        let faults = FigureRowFaults(
            kind: fault,
            outside: { after in
                let day = after ? query.days.upperBound + 1 : query.days.lowerBound - 1
                return row(day: day, slot: query.isFine ? 144 : nil, TierSeconds(audio: 60, hd: 60))
            },
            inside: {
                row(day: query.days.lowerBound, slot: query.isFine ? 0 : nil, TierSeconds(audio: 60, hd: 60))
            },
            optional: (["TimeStampKey", "AudioVideoTime"], inAllRows: apps.allSatisfy { !$0.isLegacy })
        )
        return shuffled(faults.distorted(query.isFine ? fineRows(now: now) : dayRows(now: now)))
    }

    private func dayRows(now: Int) -> [FigureRow] {
        query.days.compactMap { day in
            let claims = apps.compactMap { truth.claimed(source, app: $0.id, day: day, now: now) }
            return claims.isEmpty ? nil : row(day: day, slot: nil, claims.reduce(.zero, +))
        }
    }

    private func fineRows(now: Int) -> [FigureRow] {
        let day = query.days.lowerBound
        var sums: [TierSeconds] = []
        for app in apps {
            for (slot, usage) in truth.fiveMinutes(source, app: app.id, day: day, now: now).enumerated() {
                if slot < sums.count { sums[slot] += usage } else { sums.append(usage) }
            }
        }
        return sums.enumerated().compactMap { slot, usage in
            usage != .zero || configuration.zeroRows ? row(day: day, slot: slot, usage) : nil
        }
    }

    private func row(day: Int, slot: Int?, _ usage: TierSeconds) -> FigureRow {
        let isEnd = slot != nil && configuration.fiveMinuteLabels == .end
        let start = SimulatedDay(number: day).start + ((slot ?? 0) + (isEnd ? 1 : 0)) * 300_000
        let time = HTTPDate.civil(start + SimulatedDay.zoneOffset)
        if source == .interactiveTime {
            let label = slot == nil ? String(time.prefix(10)) : time
            return FigureRow(labels: [JSONNode.Member("TimeKey", .string(label))], figures: interactive(usage))
        }
        return FigureRow(
            labels: [
                JSONNode.Member("TimeKey", .string(time)), JSONNode.Member("TimeStampKey", .number(start / 1_000)),
            ],
            figures: usage.columns.map { JSONNode.Member("", minutes($0)) }
        )
    }

    private func interactive(_ usage: TierSeconds) -> [JSONNode.Member] {
        [
            ("AudioTime", usage.audio), ("AudioVideoTime", usage.mixed), ("VideoTimeSd", usage.sd),
            ("VideoTimeHd", usage.hd), ("VideoTimeHdp", usage.fhd),
        ].map { JSONNode.Member($0, .seconds($1, fault)) }
    }

    private func minutes(_ seconds: Int) -> JSONNode {
        let quarter = fault == .decimals && seconds > 0 ? 0.25 : 0
        return .literal("\((Double(seconds) + quarter) / 60)")
    }

    private func shuffled<Element>(_ elements: [Element]) -> [Element] {
        guard configuration.shuffled else { return elements }
        let hash = StableHash(seed: configuration.seed).mixed(.order)
        return elements.shuffled(by: hash.mixed(query.days.lowerBound).mixed(query.days.upperBound))
    }
}

extension JSONNode {
    /// A figure in seconds, with a quarter more where the fault wants that.
    static func seconds(_ seconds: Int, _ fault: FaultKind?) -> JSONNode {
        fault == .decimals && seconds > 0 ? .literal("\(seconds).25") : .number(seconds)
    }
}
