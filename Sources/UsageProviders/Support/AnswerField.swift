/// A field of a JSON object by its name, for objects whose fields are not all known: those that are not are counted.
struct AnswerField: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
