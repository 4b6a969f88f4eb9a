import Foundation
import GRDB

extension [UInt8] {
    /// As a value of the database.
    var blob: Data { Data(self) }
}

extension Row {
    /// The bytes of a column.
    ///
    /// - Throws: `RowDecodingError` when there is none, which only damage can do.
    subscript(index: Int) -> [UInt8] {
        get throws { Array(try decode(Data.self, atIndex: index)) }
    }

    /// The number in a column.
    ///
    /// - Throws: `RowDecodingError` when there is none, and ``BlobDamage`` when it is beyond all figures and moments: only
    ///   damage can do either, and sums of what it leaves would stop the process.
    func number(_ column: String) throws -> Int {
        let number = try decode(Int.self, forColumn: column)
        guard KeptNumber.isPlausible(number) else { throw BlobDamage() }
        return number
    }

    /// The number of a day in a column.
    ///
    /// - Throws: As ``number(_:)`` does.
    func dayNumber(_ column: String) throws -> Int {
        let number = try decode(Int.self, forColumn: column)
        guard KeptNumber.days.contains(number) else { throw BlobDamage() }
        return number
    }
}

/// What numbers in the ledger can be.
enum KeptNumber {
    /// Days of which the moments can be computed: 27,000 years before and after the epoch.
    static let days = -10_000_000...10_000_000
    /// Seconds of usage, or milliseconds before or after the epoch, of which thousands can be added up.
    private static let most = 1 << 50

    static func isPlausible(_ number: Int) -> Bool { (-most...most).contains(number) }
}
