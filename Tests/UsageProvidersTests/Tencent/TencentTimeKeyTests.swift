import Testing
import Usage

@testable import UsageProviders

@Suite("The time of a row")
struct TencentTimeKeyTests {
    @Test(
        "It is a day or a moment by the clock of the zone",
        arguments: [ZoneOffset.beijing, .utc, ZoneOffset(seconds: -5 * 3600 - 1800)]
    )
    func read(zone: ZoneOffset) throws {
        let day = try #require(UsageDay(year: 2024, month: 2, day: 29, zone: zone))
        #expect(TencentTimeKey("2024-02-29", zone: zone) == .day(day))
        #expect(TencentTimeKey("2024-02-29 00:00:00", zone: zone) == .moment(day.start))
        let moment = day.start + .seconds(10 * 3600 + 30 * 60 + 20)
        #expect(TencentTimeKey("2024-02-29 10:30:20", zone: zone) == .moment(moment))
        #expect(TencentTimeKey("2024-02-29 23:59:59", zone: zone) == .moment(day.end - .seconds(1)))
    }

    /// From the provider's own definition of DescribeTrtcUsage: the text and the Unix time of one row.
    @Test("The provider's own example tells its zone")
    func zone() {
        #expect(
            TencentTimeKey("2024-11-25 10:30:20", zone: .beijing) == .moment(UnixTime(seconds: 1_732_501_820))
        )
    }

    @Test(
        "Whatever has another form is none",
        arguments: [
            "", " ", "2020", "2020-09", "2020-9-7", "2020-09-7", "20-09-07", "02020-09-07", "2020-09-07 ",
            " 2020-09-07",
            "2020-13-01", "2020-00-01", "2020-02-30", "2020-09-31", "2021-02-29", "0000-01-01", "2020/09/07",
            "20200907",
            "2020-09-07-08", "-2020-09-07", "+020-09-07", "2020-+9-07", "２０２０-09-07", "total",
            "2020-09-07 00:05", "2020-09-07 0:05:00", "2020-09-07 24:00:00", "2020-09-07 23:60:00",
            "2020-09-07 23:59:60",
            "2020-09-07 -1:00:00", "2020-09-07  00:05:00", "2020-09-07T00:05:00", "2020-09-07 00:05:00 ",
            "2020-09-07 00:05:00Z", "2020-09-07 00:05:00.000", "2020-09-07 00:05:00 +08:00", "00:05:00",
        ]
    )
    func none(_ text: String) {
        #expect(TencentTimeKey(text, zone: .beijing) == nil)
    }
}
