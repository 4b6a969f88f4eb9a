import Usage

/// The short way from the bytes of an answer to its rooms, for answers of the form that they nearly always have.
///
/// What it takes is JSON by the strictest reading and says the same to every reader. All else, such as errors, a table that stands
/// twice and whatever is no JSON, it leaves to ``TencentEnvelope``, which finds the words for it too.
enum PlainRoomAnswer {
    /// The table that an answer holds; `nil` if the answer is to be looked at more closely.
    ///
    /// - Throws: ``ReadingFailure`` with reason `malformed` and the row that is wrong.
    static func table(in body: [UInt8]) throws(ReadingFailure) -> RoomUsageTable? {
        let bytes = body.span
        var json = JSONText()
        guard json.take("{", in: bytes), let name = json.takeName(in: bytes), bytes.holds("Response", at: name),
            json.take("{", in: bytes)
        else { return nil }
        var table: Result<RoomUsageTable, ReadingFailure>?
        repeat {
            guard let name = json.takeName(in: bytes), !bytes.holds("Error", at: name) else { return nil }
            if bytes.holds("Data", at: name) {
                guard table == nil, let found = scan(bytes, &json) else { return nil }
                table = found
            } else {
                guard json.skipScalar(in: bytes) else { return nil }
            }
        } while json.take(",", in: bytes)
        guard json.take("}", in: bytes), json.take("}", in: bytes), json.isAtEnd(of: bytes) else { return nil }
        return try table?.get()
    }

    /// Reads the table. One that is wrong counts only if the rest of the answer is right, and so is passed over to its end.
    private static func scan(_ bytes: Span<UInt8>, _ json: inout JSONText) -> Result<RoomUsageTable, ReadingFailure>? {
        guard json.take("\"", in: bytes) else { return nil }
        var scanner = RoomUsageScanner(at: json.position)
        do throws(ReadingFailure) {
            guard try scanner.scan(bytes) else { return nil }
            json.position = scanner.position
            return .success(scanner.table)
        } catch {
            json.position = scanner.position
            return scanner.hasEnded || json.skipText(in: bytes) ? .failure(error) : nil
        }
    }
}

extension Span<UInt8> {
    fileprivate func holds(_ text: StaticString, at range: Range<Int>) -> Bool {
        var index = range.lowerBound
        for scalar in "\(text)".utf8 {
            guard index < range.upperBound, self[index] == scalar else { return false }
            index += 1
        }
        return index == range.upperBound
    }
}
