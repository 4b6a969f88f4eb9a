import Foundation
import Testing

@testable import Usage

@Suite("The machine's zone")
struct MachineZoneTests {
    @Test("TZ changes no day, no month and no text")
    func environment() async {
        // In a process of its own: the environment belongs to all tests.
        await #expect(processExitsWith: .success) {
            let instant = UnixTime(seconds: 1_709_222_399)  // 2024-02-29 23:59:59 in Beijing.
            var hours: Set<Int32> = []
            for zone in ["UTC0", "IST-5:30", "EST5EDT,M3.2.0,M11.1.0", "LINT-14", "Asia/Shanghai", "nonsense"] {
                MachineZoneTests.set(zone)
                hours.insert(MachineZoneTests.localHour(of: instant))
                let day = UsageDay(containing: instant, zone: .beijing)
                #expect(day.description == "2024-02-29")
                #expect(day.start == UnixTime(seconds: 1_709_136_000))
                #expect(day.end == UnixTime(seconds: 1_709_222_400))
                #expect(day.weekday == 3)
                #expect(day.month == UsageMonth(year: 2024, month: 2, zone: .beijing))
                #expect(instant.minuteText(in: .beijing) == "2024-02-29 23:59")
                #expect(UsageDay(year: 2024, month: 2, day: 29, zone: .beijing) == day)
                #expect(UsageWindow(day: day, through: instant)?.end == UnixTime(seconds: 1_709_222_340))
            }
            // The machine's own idea of the hour did change: otherwise nothing would be shown here.
            #expect(hours.count >= 4)
        }
    }

    private static func set(_ zone: String) {
        unsafe setenv("TZ", zone, 1)
        tzset()
    }

    private static func localHour(of time: UnixTime) -> Int32 {
        var seconds = time_t(time.seconds)
        var parts = unsafe tm()
        unsafe localtime_r(&seconds, &parts)
        return unsafe parts.tm_hour
    }
}
