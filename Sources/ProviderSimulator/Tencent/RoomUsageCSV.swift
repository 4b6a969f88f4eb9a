/// The `Data` text of DescribeTrtcRoomUsage, as documented and as a fault distorts it.
enum RoomUsageCSV {
    static let header = "RoomId,Audio,SD,hd,FullHD,2K,4K"

    /// The documented form: unquoted, each line ended by LF, also the last one.
    static func text(_ rows: [RoomUsage]) -> String {
        lines(rows.map { [$0.id] + $0.usage.columns.map(String.init) })
    }

    /// The same rows in another dialect: byte order mark, CRLF, quoted ids, another case and order of the columns, one
    /// column more, no end of the last line. The figures are right.
    static func otherDialect(_ rows: [RoomUsage]) -> String {
        let lines = rows.map { row in
            let parts = row.id.split(separator: "\"", omittingEmptySubsequences: false)
            let id = "\"" + parts.joined(separator: "\"\"") + "\""
            return ([id] + row.usage.columns.reversed().map(String.init) + ["-"]).joined(separator: ",")
        }
        return "\u{FEFF}" + (["ROOMID,4k,2k,FULLHD,HD,sd,audio,Remark"] + lines).joined(separator: "\r\n")
    }

    /// Each room in two rows; together they are right.
    static func duplicated(_ rows: [RoomUsage]) -> String {
        text(
            rows.flatMap { row in
                let half = row.usage.map { $0 / 2 }
                return [RoomUsage(id: row.id, usage: half), RoomUsage(id: row.id, usage: row.usage - half)]
            }
        )
    }

    /// A quarter of a second more wherever there is usage.
    static func decimals(_ rows: [RoomUsage]) -> String {
        lines(rows.map { [$0.id] + $0.usage.columns.map { $0 > 0 ? "\($0).25" : "0" } })
    }

    /// The first row with other figures than its own.
    static func firstRow(of rows: [RoomUsage], _ change: (inout [String]) -> Void) -> String {
        var fields = withRow(rows).map { [$0.id] + $0.usage.columns.map(String.init) }
        change(&fields[0])
        return lines(fields)
    }

    /// The rows, or one of a made-up room, for faults that need a row to show in.
    static func withRow(_ rows: [RoomUsage]) -> [RoomUsage] {
        rows.isEmpty ? [RoomUsage(id: "faulty_room", usage: TierSeconds(audio: 60, hd: 60))] : rows
    }

    private static func lines(_ fields: [[String]]) -> String {
        fields.reduce(into: header + "\n") { $0 += $1.joined(separator: ",") + "\n" }
    }
}
