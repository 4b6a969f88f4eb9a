extension UnixTime {
    /// `2026-02-28 09:05`, the wall clock of a zone to the minute: how Tencent's room usage and our pages write times.
    public func minuteText(in zone: ZoneOffset) -> String {
        let local = seconds + zone.seconds
        let minuteOfDay = (local - local.flooredDivision(by: 86_400) * 86_400) / 60
        let day = UsageDay(containing: self, zone: zone)
        return "\(day) \(twoDigits(minuteOfDay / 60)):\(twoDigits(minuteOfDay % 60))"
    }

    /// The last full minute.
    public var flooredToMinute: UnixTime {
        UnixTime(seconds: seconds.flooredDivision(by: 60) * 60)
    }
}
