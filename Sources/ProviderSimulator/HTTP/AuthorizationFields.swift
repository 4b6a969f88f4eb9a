/// The names and values behind the name of a method in an `Authorization` header, with commas between them.
enum AuthorizationFields {
    /// The fields of a header; `nil` when it is of another method, or a field has no value or comes twice.
    static func parse(_ header: String, algorithm: String) -> [String: String]? {
        guard header.hasPrefix(algorithm + " ") else { return nil }
        var fields: [String: String] = [:]
        for field in header.dropFirst(algorithm.count).split(separator: ",") {
            let trimmed = field.drop { $0 == " " }
            guard let equals = trimmed.firstIndex(of: "=") else { return nil }
            let name = String(trimmed[..<equals])
            let value = String(trimmed[trimmed.index(after: equals)...])
            guard fields.updateValue(value, forKey: name) == nil else { return nil }
        }
        return fields
    }
}
