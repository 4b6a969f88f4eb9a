import Foundation
import Usage

/// Where a page begins that follows another one. Opaque to those who pass it on.
struct ReportCursor: Hashable {
    /// What was asked, as a number: with another question the place would mean something else.
    let question: UInt64
    /// When the first page was asked for: what a question leaves open goes by that on all pages.
    let now: UnixTime
    let position: ReportPosition

    init(question: UInt64, now: UnixTime, position: ReportPosition) {
        (self.question, self.now, self.position) = (question, now, position)
    }

    /// The cursor as it stands in a URL.
    var text: String {
        let (app, start) = (position.app, position.start)
        let parts = [
            Self.version, String(question, radix: 16), "\(now.milliseconds)", "\(start.milliseconds)",
            position.tier.rawValue, app.provider.rawValue, app.app,
        ]
        return Data(parts.joined(separator: ";").utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Reads one; `nil` when no page can have given it.
    init?(_ text: String) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: base64), let plain = String(validating: data, as: UTF8.self) else {
            return nil
        }
        // The app comes last, since its id may hold anything.
        let parts = plain.split(separator: ";", maxSplits: 6, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 7, parts[0] == Self.version, let question = UInt64(parts[1], radix: 16),
            let now = Self.time(parts[2]), let start = Self.time(parts[3]), let tier = Tier(rawValue: parts[4])
        else { return nil }
        let app = AppKey(provider: Provider(rawValue: parts[5]), app: parts[6])
        self.init(question: question, now: now, position: ReportPosition(app: app, start: start, tier: tier))
        guard self.text == text else { return nil }
    }

    private static let version = "1"

    /// From the year 1970 to 9999: arithmetic with what somebody made up must not overflow.
    private static func time(_ text: String) -> UnixTime? {
        Int(text).flatMap { (-86_400_000...253_402_300_800_000).contains($0) ? UnixTime(milliseconds: $0) : nil }
    }

    static func fingerprint(_ texts: [String]) -> UInt64 { texts.joined(separator: "\u{0}").utf8.stableHash }
}
