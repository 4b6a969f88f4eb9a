import Usage

/// What Huawei's services and the gateway before them say in place of an answer.
///
/// They name it differently, and some put it one level deeper; the official SDK takes all of these.
struct HuaweiError: Sendable {
    /// The code with which the service says that it cannot tell the account from what the call was made with.
    static let unknownCaller = "RTC.00001001"

    /// Such as `APIGW.0301` or `DATA.100011001`.
    let code: String
    /// In the service's own words; empty when it gave none.
    let message: String

    init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// The error that a body tells; `nil` when it tells none.
    init?(_ body: [UInt8]) {
        // Whatever is no JSON object tells no error.
        guard let found = try? JSONAnswer.decode(Body.self, from: body, of: "Huawei").error else { return nil }
        self = found
    }

    /// The number of an error of the gateway; older services call it `APIG`.
    var gatewayNumber: Substring? {
        for family in ["APIGW.", "APIG."] where code.hasPrefix(family) { return code.dropFirst(family.count) }
        return nil
    }

    /// The part of the code before the first point: which service it is of.
    var family: Substring { code.prefix { $0 != "." } }

    private struct Body: Decodable {
        let error: HuaweiError?

        init(from decoder: any Decoder) throws {
            let top = try decoder.container(keyedBy: Name.self)
            let deeper = top.allKeys.sorted { $0.stringValue < $1.stringValue }
                .compactMap { try? top.nestedContainer(keyedBy: Name.self, forKey: $0) }
            error = ([top] + deeper).lazy.compactMap(Self.error).first
        }

        private static func error(in object: KeyedDecodingContainer<Name>) -> HuaweiError? {
            func text(_ names: [String]) -> String? {
                names.lazy.compactMap { name in
                    (try? object.decode(String.self, forKey: Name(name)))
                        ?? (try? object.decode(Int.self, forKey: Name(name))).map { "\($0)" }
                }
                .first { !$0.isEmpty }
            }
            guard let code = text(["error_code", "errorCode", "code"]) else { return nil }
            let message = text(["error_msg", "errorMsg", "error_message", "errorMessage", "message"])
            return HuaweiError(code: code, message: message ?? "")
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }
}
