import Foundation
import GRDB

/// Why a ledger cannot be used, as a sentence for the person who starts the exporter.
public struct LedgerError: Error, CustomStringConvertible, Sendable {
    /// One sentence that names the file.
    public let description: String
    /// Whether another process has it.
    public let isInUse: Bool

    init(description: String, isInUse: Bool = false) {
        (self.description, self.isInUse) = (description, isInUse)
    }

    static func cannotOpen(_ path: String, _ error: any Error) -> LedgerError {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        let cause = type == .typeDirectory ? "it is a folder" : cause(of: error)
        return LedgerError(description: "The ledger \(path) cannot be opened: \(cause).")
    }

    static func cannotWrite(_ path: String, _ error: any Error) -> LedgerError {
        LedgerError(description: "The ledger \(path) cannot be written: \(cause(of: error)).")
    }

    static func cannotRead(_ path: String, _ error: any Error) -> LedgerError {
        LedgerError(description: "The ledger \(path) cannot be read: \(cause(of: error)).")
    }

    static func inUse(_ path: String) -> LedgerError {
        LedgerError(
            description:
                "The ledger \(path) is in use by another exporter or by a trial: each exporter needs a ledger of its own.",
            isInUse: true
        )
    }

    static func replaced(_ path: String) -> LedgerError {
        LedgerError(description: "The ledger \(path) was deleted or replaced while in use: restart the exporter.")
    }

    static func foreign(_ path: String) -> LedgerError {
        LedgerError(
            description: "The ledger \(path) cannot be opened: it is not an SQLite file, or one of another program."
        )
    }

    static func damagedAgain(_ path: String) -> LedgerError {
        LedgerError(description: "The ledger \(path) is damaged again soon after it was begun anew: check the disk.")
    }

    static func cannotSetAside(_ path: String) -> LedgerError {
        LedgerError(description: "The ledger \(path) is damaged, and its folder does not let us set it aside.")
    }

    static func newer(_ path: String) -> LedgerError {
        LedgerError(
            description:
                "The ledger \(path) was written by a newer version of rtc-exporter: use that version, or another ledger."
        )
    }

    private static func cause(of error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        return switch error.resultCode {
        case .SQLITE_CANTOPEN: "its folder does not exist or does not let us create files"
        case .SQLITE_READONLY, .SQLITE_PERM: "it is not writable"
        case .SQLITE_NOTADB: "it is not an SQLite file"
        case .SQLITE_CORRUPT: "it is damaged"
        case .SQLITE_FULL: "the disk is full"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "another process uses it"
        default: error.message ?? "SQLite says \(error.resultCode)"
        }
    }
}
