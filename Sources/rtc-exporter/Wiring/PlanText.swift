/// Figures of a plan as people read them.
enum PlanText {
    /// Rounded up, so that nothing is promised too early: to tenths of a second below ten seconds, then to seconds, minutes
    /// from an hour and hours from a day on.
    static func duration(_ duration: Duration) -> String {
        let unit: Duration =
            switch duration {
            case ..<Duration.seconds(10): .milliseconds(100)
            case ..<Duration.hours(1): .seconds(1)
            case ..<Duration.days(1): .minutes(1)
            default: .hours(1)
            }
        // What floating point leaves beyond a whole unit is no unit.
        let units = max(0, Int((duration / unit - 1e-6).rounded(.up)))
        let isTenths = unit < .seconds(1) && units % 10 > 0
        return isTenths ? "\(units / 10).\(units % 10)s" : DurationText.text(unit * units)
    }

    /// Calls per hour; to a tenth where that matters.
    static func rate(_ rate: Double) -> String {
        let tenths = Int((rate * 10).rounded())
        guard tenths > 0 || rate == 0 else { return "<0.1" }
        return rate >= 1000 || tenths % 10 == 0 ? "\(Int(rate.rounded()))" : "\(tenths / 10).\(tenths % 10)"
    }

    /// `1 app`, `2 apps`.
    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// A name from outside, so that it can neither move a terminal's cursor nor turn text round; cut where it is long.
    static func name(_ name: String, atMost length: Int = 40) -> String {
        let cut = name.count > length ? name.prefix(length - 1) + "…" : name[...]
        return String(
            cut.unicodeScalars.map { $0.properties.isBidiControl ? "\\u{\(String($0.value, radix: 16))}" : String($0) }
                .joined()
        )
        .withoutControls
    }
}
