import UsageProviders

/// The sections `ledger`, `poll` and `rooms`.
extension ConfigurationReader {
    /// Both at once, since what is filled in must not be deleted again.
    mutating func ledgerAndPoll(
        _ ledgerValue: YAMLValue?,
        _ pollValue: YAMLValue?
    ) -> (ExporterConfiguration.Ledger, ExporterConfiguration.Poll) {
        let ledger = ledger(ledgerValue)
        let poll = poll(pollValue)
        if poll.history > ledger.retention, let place = pollValue ?? ledgerValue {
            warn(
                place,
                "`poll.history` (\(DurationText.text(poll.history))) is longer than `ledger.retention` "
                    + "(\(DurationText.text(ledger.retention))): older days are not asked for"
            )
        }
        return (ledger, poll)
    }

    private mutating func ledger(_ value: YAMLValue?) -> ExporterConfiguration.Ledger {
        let fields = optionalFields(of: value, known: ["path", "retention", "rooms_retention"])
        let keepable = Duration.days(1)...Duration.days(36_500)
        let ledger = ExporterConfiguration.Ledger(
            path: path(fields?["path"]) ?? FilePath.resolve("rtc-exporter.sqlite", besides: file),
            retention: duration(fields?["retention"], default: .days(400), in: keepable),
            roomsRetention: duration(fields?["rooms_retention"], default: .days(40), in: keepable)
        )
        if let place = fields?["retention"], ledger.retention < .days(62) {
            warn(place, "below 62d the figures of the previous month become incomplete")
        }
        return ledger
    }

    private mutating func poll(_ value: YAMLValue?) -> ExporterConfiguration.Poll {
        let fields = optionalFields(of: value, known: ["interval", "history", "timeout"])
        return ExporterConfiguration.Poll(
            interval: duration(fields?["interval"], default: .minutes(5), in: .seconds(1) ... .days(1)),
            history: duration(fields?["history"], default: .days(30), in: .zero ... .days(3_660)),
            timeout: duration(fields?["timeout"], default: .seconds(30), in: .milliseconds(100) ... .minutes(10))
        )
    }

    mutating func rooms(_ value: YAMLValue?) -> ExporterConfiguration.Rooms {
        let fields = optionalFields(of: value, known: ["limit", "hash"])
        var hashKey: Secret?
        if let hash = fields?["hash"]?.confidential {
            hashKey = secret(required("key", in: self.fields(of: hash, known: ["key"])))?.0
        }
        return ExporterConfiguration.Rooms(
            limit: wholeNumber(fields?["limit"], default: 100, in: 0...100_000),
            hashKey: hashKey
        )
    }

    private mutating func optionalFields(of value: YAMLValue?, known: [String]) -> YAMLFields? {
        guard let value else { return nil }
        return fields(of: value, known: known)
    }
}
