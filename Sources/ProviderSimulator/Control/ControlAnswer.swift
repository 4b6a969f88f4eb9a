import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Why a control request is not done: a sentence for people.
struct ControlError: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

extension ControlRoutes {
    private struct Refusal: Encodable {
        let error: String
    }

    /// What `make` returns as JSON with status 200, or its error with status 400.
    static func answer<Value: Encodable>(
        _ simulation: Simulation,
        _ make: () throws(ControlError) -> Value
    ) -> Response {
        do {
            return json(try make(), .ok, simulation)
        } catch {
            return json(Refusal(error: error.message), .badRequest, simulation)
        }
    }

    private static func json(
        _ value: some Encodable,
        _ status: HTTPResponse.Status,
        _ simulation: Simulation
    ) -> Response {
        let encoder = JSONEncoder()
        // Sorted, so that two answers can be compared as text.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return Response(status: .internalServerError) }
        return Response(
            status: status,
            headers: [.contentType: "application/json", .date: HTTPDate.header(simulation.clock.now)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: Array(data)))
        )
    }

    /// The members of a JSON object that has no others than the allowed ones.
    static func members(_ body: [UInt8], allowed: Set<String>) throws(ControlError) -> [String: JSONValue] {
        guard let members = JSONValue(body)?.members else { throw ControlError("The body is not a JSON object.") }
        let unknown = members.keys.filter { !allowed.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw ControlError(
                "Unknown: \(unknown.joined(separator: ", ")). Known: \(allowed.sorted().joined(separator: ", "))."
            )
        }
        return members.filter { $0.value != .null }
    }
}
