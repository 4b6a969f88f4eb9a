/// JSON that is about to be written: members keep their order, and numbers their text.
indirect enum JSONNode: Equatable {
    case null
    /// A number, or anything else that is written as it stands.
    case literal(String)
    case string(String)
    /// Bytes that are written as they stand, also when they are not UTF-8.
    case bytes([UInt8])
    case array([JSONNode])
    case object([Member])

    /// One name and its value.
    struct Member: Equatable {
        let name: String
        let value: JSONNode

        init(_ name: String, _ value: JSONNode) {
            self.name = name
            self.value = value
        }
    }

    static func number(_ number: Int) -> JSONNode { .literal(String(number)) }

    /// An object from names and values.
    static func members(_ members: KeyValuePairs<String, JSONNode>) -> JSONNode {
        .object(members.map { Member($0.key, $0.value) })
    }

    /// The text, without any space.
    var text: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    /// The same with one member more in every object, which nobody documents.
    var withUnknownMembers: JSONNode {
        switch self {
        case .array(let elements): .array(elements.map(\.withUnknownMembers))
        case .object(let members):
            .object(
                [Member("Unheard", .members(["Of": .array([.number(1), .null, .string("{\"")])]))]
                    + members.map { Member($0.name, $0.value.withUnknownMembers) }
            )
        default: self
        }
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .literal(let text): bytes += text.utf8
        case .string(let text): bytes += JSONText.quoted(text)
        case .bytes(let raw): bytes += raw
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += JSONText.quoted(member.name)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
